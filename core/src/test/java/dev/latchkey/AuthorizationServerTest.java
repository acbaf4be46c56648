package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.Entra.Cloud;
import dev.latchkey.internal.metadata.Metadata;
import dev.latchkey.internal.metadata.ServerEndpoints;
import dev.latchkey.internal.oauth.Exchange;
import dev.latchkey.internal.time.Time;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The endpoints of servers that need no discovery. */
class AuthorizationServerTest {

  private static final String TENANT = "9122040d-6c67-4c5b-b112-36a304b66dad";
  private static final URI SECURE = URI.create("https://example.com/x");

  private final Exchange unused =
      new Exchange(HttpClient.newHttpClient(), Duration.ofSeconds(1), Time.system());

  @ParameterizedTest
  @CsvSource({
    "GLOBAL, https://login.microsoftonline.com",
    "US_GOV, https://login.microsoftonline.us",
    "CHINA, https://login.partner.microsoftonline.cn",
  })
  void eachCloudHasItsHost(Cloud cloud, String host) {
    Metadata metadata = metadata(Entra.organizations().cloud(cloud));

    assertThat(metadata.deviceAuthorizationEndpoint())
        .hasToString(host + "/organizations/oauth2/v2.0/devicecode");
    assertThat(metadata.tokenEndpoint()).hasToString(host + "/organizations/oauth2/v2.0/token");
    assertThat(metadata.issuer()).isEqualTo(host + "/{tenantid}/v2.0");
    assertThat(metadata.revocationEndpoint()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"common", "organizations", "consumers", "contoso.onmicrosoft.com"})
  void tenantWithoutAnIdLeavesTheIssuerToTheToken(String tenant) {
    Metadata metadata = metadata(Entra.tenant(tenant));

    assertThat(metadata.issuer()).isEqualTo("https://login.microsoftonline.com/{tenantid}/v2.0");
    assertThat(metadata.tokenEndpoint().getPath()).isEqualTo("/" + tenant + "/oauth2/v2.0/token");
  }

  @Test
  void tenantIdFixesTheIssuer() {
    Metadata metadata = metadata(Entra.tenant(TENANT.toUpperCase(java.util.Locale.ROOT)));

    assertThat(metadata.issuer())
        .isEqualTo("https://login.microsoftonline.com/" + TENANT + "/v2.0");
  }

  @Test
  void aliasesOfTheTenantNameTheSameServerInTheStore() {
    assertThat(Entra.common().endpoints().id())
        .isEqualTo(Entra.organizations().endpoints().id())
        .isEqualTo(Entra.consumers().endpoints().id())
        .isEqualTo(Entra.tenant(TENANT).endpoints().id())
        .isNotEqualTo(Entra.common().cloud(Cloud.US_GOV).endpoints().id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "..", ".", "a?b", "a b", "{tenantid}", "a@b", "-a", "a%2fb"})
  void invalidTenantIsRejected(String tenant) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Entra.tenant(tenant))
        .withMessageContaining("tenant");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:8080", "http://127.0.0.1:8080/", "http://[::1]/a//"})
  void authorityHostMayBeLoopbackWithAPath(String base) {
    Metadata metadata = metadata(Entra.common().authorityHost(URI.create(base)));

    String start = base.replaceFirst("/+$", "");
    assertThat(metadata.tokenEndpoint()).hasToString(start + "/common/oauth2/v2.0/token");
    assertThat(metadata.issuer()).isEqualTo(start + "/{tenantid}/v2.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com",
        "https://example.com?a=b",
        "https://example.com/#f",
        "https://user@example.com",
        "example.com",
        "https:/example.com",
      })
  void invalidAuthorityHostIsRejected(String base) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Entra.common().authorityHost(URI.create(base)))
        .withMessageContaining("authority host");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://example.com/r?x=1", "https://example.com/#f", "http://example.com", "r"})
  void invalidIssuerIsRejected(String issuer) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AuthorizationServer.discover(URI.create(issuer)))
        .withMessageContaining("issuer");
  }

  @Test
  void endpointWithAFragmentIsRejected() {
    URI wrong = URI.create("https://example.com/token#f");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> AuthorizationServer.of(null, SECURE, wrong, null))
        .withMessageContaining("tokenEndpoint must have no fragment");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AuthorizationServer.of(null, SECURE, SECURE, wrong))
        .withMessageContaining("revocationEndpoint");
  }

  @Test
  void blankIssuerIsRejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AuthorizationServer.of(" ", SECURE, SECURE, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://{tenantid}",
        "https://{tenantid}.example/v2.0",
        "https://e.com/x{tenantid}",
        "https://e.com/{realm}"
      })
  void placeholderThatIsNotASegmentOfThePathIsRejected(String issuer) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AuthorizationServer.of(issuer, SECURE, SECURE, null))
        .withMessageContaining("{tenantid}");
  }

  @Test
  void applicationMayNameEndpointsOnLoopbackWhateverTheIssuerIs() {
    URI loopback = URI.create("http://127.0.0.1:8080/token");

    Metadata metadata =
        metadata(AuthorizationServer.of("https://i.example", loopback, loopback, loopback));

    assertThat(metadata.tokenEndpoint()).isEqualTo(loopback);
  }

  @Test
  void endpointMayHaveAQuery() {
    URI withQuery = URI.create("https://example.com/token?p=policy");

    Metadata metadata = metadata(AuthorizationServer.of(null, SECURE, withQuery, null));

    assertThat(metadata.tokenEndpoint()).isEqualTo(withQuery);
  }

  @Test
  void serverIsNamedByItsIssuerOrElseByItsTokenEndpoint() {
    assertThat(AuthorizationServer.of("https://i.example", SECURE, SECURE, null).endpoints().id())
        .isEqualTo("https://i.example");
    assertThat(AuthorizationServer.of(null, SECURE, SECURE, null).endpoints().id())
        .isEqualTo("https://example.com/x");
    assertThat(AuthorizationServer.discover(URI.create("https://i.example/")).endpoints().id())
        .isEqualTo("https://i.example/");
  }

  @Test
  void entraIsEntraHoweverItIsFound() {
    URI devices = URI.create("https://login.microsoftonline.com/common/oauth2/v2.0/devicecode");
    URI tokens = URI.create("https://LOGIN.microsoftonline.com/common/oauth2/v2.0/token?p=x");
    Set<String> twoApis = Set.of("User.Read", "api://orders/read");
    for (AuthorizationServer server :
        List.of(
            Entra.common(),
            AuthorizationServer.discover(URI.create("https://login.microsoftonline.us/t/v2.0")),
            AuthorizationServer.of("https://sts.windows.net/{tenantid}/", devices, tokens, null),
            AuthorizationServer.of(null, devices, tokens, null))) {
      ServerEndpoints found = server.endpoints();

      assertThat(found.loopbackHost()).as("%s", server).isEqualTo("localhost");
      assertThat(found.promptForOfflineAccess()).as("%s", server).isNull();
      assertThat(found.languageParameter()).as("%s", server).isEqualTo("mkt");
      assertThat(found.together(Set.of("User.Read"), twoApis)).containsExactly("User.Read");
      assertThat(found.deviceAuthorizationEndpoint(devices, Locale.GERMANY))
          .hasToString(devices + "?mkt=de-DE");
      assertThat(found.deviceAuthorizationEndpoint(tokens, Locale.GERMANY))
          .hasToString(tokens + "&mkt=de-DE");
      assertThat(found.deviceAuthorizationEndpoint(devices, null)).isEqualTo(devices);
    }
  }

  @Test
  void otherServerIsNotTakenForEntra() {
    URI other = URI.create("https://login.microsoftonline.com.example/t/v2.0");
    Set<String> twoApis = Set.of("User.Read", "api://orders/read");
    for (AuthorizationServer server :
        List.of(
            AuthorizationServer.discover(other),
            AuthorizationServer.of("https://login.microsoftonline.com/t", other, other, null))) {
      ServerEndpoints found = server.endpoints();

      assertThat(found.loopbackHost()).isEqualTo("127.0.0.1");
      assertThat(found.promptForOfflineAccess()).isEqualTo("consent");
      assertThat(found.languageParameter()).isEqualTo("ui_locales");
      assertThat(found.together(Set.of("User.Read"), twoApis)).isEqualTo(twoApis);
      assertThat(found.deviceAuthorizationEndpoint(other, Locale.GERMANY)).isEqualTo(other);
    }
  }

  private Metadata metadata(AuthorizationServer server) {
    return server.endpoints().metadata(unused).join();
  }
}
