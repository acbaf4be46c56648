package dev.latchkey.internal.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.AppMisconfigured;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.error.Throttled;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.Replies;
import dev.latchkey.internal.concurrent.Futures;
import dev.latchkey.internal.http.TransportFailure;
import dev.latchkey.internal.oauth.Exchange;
import dev.latchkey.internal.time.Time;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryTest {

  private static final String ENDPOINTS =
      ",\"token_endpoint\":\"https://e.com/token\","
          + "\"device_authorization_endpoint\":\"https://e.com/device\"";

  @StartStop public final MockWebServer server = new MockWebServer();

  private final Exchange exchange =
      new Exchange(HttpClient.newHttpClient(), Duration.ofSeconds(30), Time.system());

  @Test
  void openIdConfigurationIsAskedFirst() throws Exception {
    URI issuer = issuer("/realms/r");
    answer(
        "{\"issuer\":\""
            + issuer
            + "\",\"revocation_endpoint\":\"https://e.com/revoke\""
            + ENDPOINTS
            + "}");

    Metadata metadata = discover(issuer);

    assertThat(metadata)
        .isEqualTo(
            new Metadata(
                issuer.toString(),
                URI.create("https://e.com/device"),
                null,
                URI.create("https://e.com/token"),
                URI.create("https://e.com/revoke"),
                null,
                false,
                false));
    assertThat(path()).isEqualTo("/realms/r/.well-known/openid-configuration");
  }

  @ParameterizedTest
  @CsvSource({
    "404, ''",
    "404, '{\"error\":\"not found\"}'",
    "403, no",
    "200, <html>hello</html>",
    "200, ''",
  })
  void rfc8414IsAskedIfThatIsAbsent(int status, String body) throws Exception {
    URI issuer = issuer("/realms/r");
    server.enqueue(new MockResponse.Builder().code(status).body(body).build());
    answer("{\"issuer\":\"" + issuer + "\"" + ENDPOINTS + "}");

    Metadata metadata = discover(issuer);

    assertThat(metadata.issuer()).isEqualTo(issuer.toString());
    assertThat(metadata.revocationEndpoint()).isNull();
    assertThat(path()).isEqualTo("/realms/r/.well-known/openid-configuration");
    assertThat(path()).isEqualTo("/.well-known/oauth-authorization-server/realms/r");
  }

  @ParameterizedTest
  @CsvSource({
    "https://e.com, /.well-known/openid-configuration, /.well-known/oauth-authorization-server",
    "https://e.com/, /.well-known/openid-configuration, /.well-known/oauth-authorization-server",
    "https://e.com/a/b/, /a/b/.well-known/openid-configuration,"
        + " /.well-known/oauth-authorization-server/a/b",
    "https://e.com/a%20b, /a%20b/.well-known/openid-configuration,"
        + " /.well-known/oauth-authorization-server/a%20b",
  })
  void pathsAreBuiltAsBothSpecificationsSay(URI issuer, String openId, String rfc8414) {
    assertThat(Discovery.openIdUri(issuer)).isEqualTo(URI.create("https://e.com" + openId));
    assertThat(Discovery.rfc8414Uri(issuer)).isEqualTo(URI.create("https://e.com" + rfc8414));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/realms/other", "/realms/r/", "/realms/R", "x"})
  void similarIssuerIsRejected(String suffix) {
    answer(
        "{\"issuer\":\""
            + server.url("/").toString().replaceFirst("/$", "")
            + suffix
            + "\""
            + ENDPOINTS
            + "}");

    assertThat(failure(issuer("/realms/r")))
        .isInstanceOf(InvalidResponse.class)
        .hasMessageContaining("calls itself");
  }

  @Test
  void tenantTemplateMatchesTheTenantOfTheIssuer() throws Exception {
    answer("{\"issuer\":\"" + server.url("/") + "{tenantid}/v2.0\"" + ENDPOINTS + "}");

    assertThat(discover(issuer("/common/v2.0")).issuer())
        .isEqualTo(server.url("/") + "{tenantid}/v2.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/a/b/v2.0", "/v2.0", "/common/v2.1", "/common", "/common/v2.0/x", "//v2.0"})
  void tenantTemplateMatchesOneSegmentOnly(String path) {
    answer("{\"issuer\":\"" + server.url("/") + "{tenantid}/v2.0\"" + ENDPOINTS + "}");

    assertThat(failure(issuer(path))).isInstanceOf(InvalidResponse.class);
  }

  @ParameterizedTest
  @CsvSource({
    "https://login.microsoftonline.com, true",
    "https://login.microsoftonline.us, true",
    "https://login.partner.microsoftonline.cn, true",
    "http://127.0.0.1:8080, true",
    "https://e.com, false",
    "https://login.microsoftonline.com.e.com, false",
    "https://sts.windows.net, false",
  })
  void tenantTemplateIsEntrasAlone(String host, boolean entras) {
    String metadata = "{\"issuer\":\"" + host + "/{tenantid}/v2.0\"" + ENDPOINTS + "}";
    URI asked = URI.create(host + "/common/v2.0");

    if (entras) {
      assertThat(Discovery.read(Replies.json(200, metadata), asked).issuer())
          .isEqualTo(host + "/{tenantid}/v2.0");
    } else {
      assertThatThrownBy(() -> Discovery.read(Replies.json(200, metadata), asked))
          .isInstanceOf(InvalidResponse.class)
          .hasMessageContaining("calls itself " + host + "/{tenantid}/v2.0")
          .extracting(e -> ((InvalidResponse) e).remedy())
          .asString()
          .contains("Entra.authorityHost");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://{tenantid}",
        "http://{tenantid}/common/v2.0",
        "{tenantid}",
        "ORIGIN/{tenantid}",
        "ORIGIN/{tenantid}v2.0",
        "ORIGIN/{tenantid}/{tenantid}",
        "ORIGIN/c{tenantid}/v2.0",
        "ORIGIN/common/{tenantid}?",
      })
  void issuerThatLetsTheTokenChooseItsHostIsRejected(String issuer) {
    URI asked = issuer("/common/v2.0");
    answer(
        "{\"issuer\":\""
            + issuer.replace("ORIGIN", issuer("").toString())
            + "\""
            + ENDPOINTS
            + "}");

    assertThat(failure(asked))
        .isInstanceOf(InvalidResponse.class)
        .hasMessageContaining("calls itself");
  }

  @ParameterizedTest
  @ValueSource(strings = {"token_endpoint", "device_authorization_endpoint", "revocation_endpoint"})
  void serverElsewhereMayNotNameAServiceOfThisMachine(String member) {
    String metadata =
        new Body()
            .with("issuer", "https://e.com/r")
            .with("token_endpoint", "https://e.com/token")
            .with("device_authorization_endpoint", "https://e.com/device")
            .with(member, "http://127.0.0.1:631/")
            .toString();

    assertThatThrownBy(
            () -> Discovery.read(Replies.json(200, metadata), URI.create("https://e.com/r")))
        .isInstanceOf(InvalidResponse.class)
        .hasMessageContaining("\"" + member + "\"");
  }

  @Test
  void serverWithoutTheDeviceFlowMayHaveOtherGrants() throws Exception {
    URI issuer = issuer("");
    answer(
        "{\"issuer\":\""
            + issuer
            + "\",\"token_endpoint\":\"https://e.com/token\","
            + "\"authorization_endpoint\":\"https://e.com/authorize?a=b\","
            + "\"authorization_response_iss_parameter_supported\":true}");

    Metadata metadata = discover(issuer);

    assertThat(metadata.deviceAuthorizationEndpoint()).isNull();
    assertThat(metadata.authorizationEndpoint()).hasToString("https://e.com/authorize?a=b");
    assertThat(metadata.namesItself()).isTrue();
  }

  /** It is a page to open: one that must not be opened leaves the other ways as they are. */
  @ParameterizedTest
  @ValueSource(
      strings = {"\"ftp://e.com/a\"", "\"https://e.com/a#f\"", "7", "\"https://a@e.com/\"", "\"\""})
  void authorizationEndpointThatNoBrowserMayOpenIsNone(String endpoint) throws Exception {
    URI issuer = issuer("");
    answer(
        "{\"issuer\":\"" + issuer + "\",\"authorization_endpoint\":" + endpoint + ENDPOINTS + "}");

    assertThat(discover(issuer).authorizationEndpoint()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "issuer|{\"x\":1}",
        "issuer|{\"issuer\":[\"ISSUER\"]}",
        "token_endpoint|{\"issuer\":\"ISSUER\",\"device_authorization_endpoint\":\"https://e.com/d\"}",
        "token_endpoint|{\"issuer\":\"ISSUER\",\"device_authorization_endpoint\":\"https://e.com/d\",\"token_endpoint\":\"http://e.com/t\"}",
        "device_authorization_endpoint|{\"issuer\":\"ISSUER\",\"token_endpoint\":\"https://e.com/t\",\"device_authorization_endpoint\":\"http://e.com/d\"}",
        "device_authorization_endpoint|{\"issuer\":\"ISSUER\",\"token_endpoint\":\"https://e.com/t\",\"device_authorization_endpoint\":7}",
        "revocation_endpoint|{\"issuer\":\"ISSUER\",\"token_endpoint\":\"https://e.com/t\",\"device_authorization_endpoint\":\"https://e.com/d\",\"revocation_endpoint\":\"file:///x\"}",
        "token_endpoint|{\"issuer\":\"ISSUER\",\"device_authorization_endpoint\":\"https://e.com/d\",\"token_endpoint\":\"https://e.com/t#x\"}",
        "device_authorization_endpoint|{\"issuer\":\"ISSUER\",\"token_endpoint\":\"https://e.com/t\",\"device_authorization_endpoint\":\"https://e.com/d#\"}",
      })
  void memberThatCannotBeTrustedIsNamed(String member, String body) {
    URI issuer = issuer("");
    answer(body.replace("ISSUER", issuer.toString()));

    assertThat(failure(issuer))
        .isInstanceOf(InvalidResponse.class)
        .hasMessageContaining("\"" + member + "\"");
  }

  @Test
  void absentIssuerIsAMisconfiguration() {
    server.enqueue(new MockResponse.Builder().code(404).build());
    server.enqueue(new MockResponse.Builder().code(404).build());

    assertThat(failure(issuer("/realms/typo")))
        .isInstanceOf(AppMisconfigured.class)
        .hasMessageContaining("/realms/typo")
        .extracting(LatchkeyException::remedy)
        .isNotNull();
  }

  @Test
  void captivePortalIsAnInvalidResponse() {
    server.enqueue(new MockResponse.Builder().body("<html>").build());
    server.enqueue(new MockResponse.Builder().body("<html>").build());

    assertThat(failure(issuer(""))).isInstanceOf(InvalidResponse.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void redirectIsNotFollowed(int status) {
    server.enqueue(
        new MockResponse.Builder().code(status).setHeader("Location", "http://e.com/").build());

    assertThat(failure(issuer("")))
        .isInstanceOf(InvalidResponse.class)
        .hasMessageContaining("redirect");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void busyOrBrokenServerIsNotAskedAgain() {
    server.enqueue(new MockResponse.Builder().code(503).setHeader("Retry-After", "9").build());
    assertThat(failure(issuer("")))
        .isInstanceOfSatisfying(
            ServiceUnavailable.class,
            e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(9)));

    server.enqueue(new MockResponse.Builder().code(429).body("Too Many Requests").build());
    assertThat(failure(issuer(""))).isInstanceOf(Throttled.class);
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {407, 408})
  void refusalOfAProxyIsNotBlamedOnTheIssuer(int status) {
    server.enqueue(new MockResponse.Builder().code(status).body("<html>").build());

    LatchkeyException failure = failure(issuer(""));

    assertThat(failure).isInstanceOf(ServiceUnavailable.class);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void unreachableServerIsUnavailable() throws Exception {
    URI issuer = issuer("");
    server.close();

    assertThat(failure(issuer))
        .isInstanceOf(ServiceUnavailable.class)
        .hasCauseInstanceOf(TransportFailure.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://example.com", "https://e.com?x=1", "https://e.com#x", "file:///x", "x"})
  void invalidIssuerIsAnIllegalArgument(String issuer) {
    assertThatThrownBy(() -> Discovery.discover(exchange, URI.create(issuer)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void answer(String body) {
    server.enqueue(new MockResponse.Builder().body(body).build());
  }

  private URI issuer(String path) {
    return URI.create("http://" + server.getHostName() + ":" + server.getPort() + path);
  }

  private String path() throws InterruptedException {
    return server.takeRequest().getUrl().encodedPath();
  }

  private Metadata discover(URI issuer) throws Exception {
    return Discovery.discover(exchange, issuer).get(30, TimeUnit.SECONDS);
  }

  private LatchkeyException failure(URI issuer) {
    try {
      throw new AssertionError("There was metadata: " + discover(issuer));
    } catch (ExecutionException e) {
      return (LatchkeyException) Futures.unwrap(e);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
