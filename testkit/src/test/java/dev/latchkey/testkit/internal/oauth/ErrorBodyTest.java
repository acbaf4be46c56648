package dev.latchkey.testkit.internal.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testkit.Endpoint;
import dev.latchkey.testkit.Fault;
import dev.latchkey.testkit.OAuthFailure;
import dev.latchkey.testkit.fixture.HttpApp;
import dev.latchkey.testkit.fixture.ServerFixture;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorBodyTest extends ServerFixture {

  private static final String ID = "[0-9a-f-]{36}";
  private static final String TIMESTAMP = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ";

  @Test
  void bodyHasEntrasMembersAndLineEnds() throws Exception {
    var reply = app.poll(app.begin());

    assertThat(reply.json().keySet())
        .containsExactly(
            "error",
            "error_description",
            "error_codes",
            "timestamp",
            "trace_id",
            "correlation_id",
            "error_uri");
    assertThat(reply.get("error_description"))
        .matches(
            "AADSTS70016: OAuth 2\\.0 device flow error\\. Authorization is pending\\. Continue"
                + " polling\\.\r\nTrace ID: "
                + ID
                + "\r\nCorrelation ID: "
                + ID
                + "\r\nTimestamp: "
                + TIMESTAMP);
    assertThat(reply.json().get("error_codes")).hasToString("[70016]");
    assertThat(reply.get("timestamp")).matches(TIMESTAMP);
    assertThat(reply.get("error_description")).contains(reply.get("trace_id"));
    assertThat(reply.get("error_uri"))
        .isEqualTo("https://login.microsoftonline.com/error?code=70016");
    assertThat(reply.header("Cache-Control")).contains("no-store");
  }

  @Test
  void correlationIdIsTheOneThatTheClientSent() throws Exception {
    String id = "3f2504e0-4f89-11d3-9a0c-0305e82c3301";

    var reply =
        app.send(
            app.form("/common/oauth2/v2.0/token", Map.of())
                .header("client-request-id", id)
                .build());

    assertThat(reply.get("correlation_id")).isEqualTo(id);
  }

  @Test
  void suberrorAndClaimsAreSentWhereGiven() throws Exception {
    String claims = "{\"access_token\":{\"polids\":{\"essential\":true,\"Values\":[\"x\"]}}}";
    server.fail(
        Fault.answer(
                OAuthFailure.of("interaction_required")
                    .aadsts(50076)
                    .suberror("basic_action")
                    .claims(claims))
            .to(Endpoint.DEVICE_AUTHORIZATION));

    var reply = app.begin();

    assertThat(reply.get("suberror")).isEqualTo("basic_action");
    assertThat(reply.get("claims")).isEqualTo(claims);
  }

  @Test
  void severalNumbersAreSentInTheirOrderEachWithItsText() throws Exception {
    var failure = OAuthFailure.of("invalid_grant").aadsts(70002, 70008);
    server.fail(Fault.answer(failure).to(Endpoint.DEVICE_AUTHORIZATION));

    var reply = app.begin();

    assertThat(reply.json().get("error_codes")).hasToString("[70002,70008]");
    assertThat(reply.get("error_description"))
        .startsWith("AADSTS70002: Error validating credentials. AADSTS70008: The provided");
    assertThat(reply.get("error_uri")).endsWith("code=70002");
    assertThat(failure).hasToString("invalid_grant (AADSTS70002, AADSTS70008)");
  }

  @Test
  void bodyWithoutANumberIsThatOfOtherServers() throws Exception {
    server.fail(
        Fault.answer(OAuthFailure.of("invalid_grant").description("Session not active"))
            .to(Endpoint.DEVICE_AUTHORIZATION));

    var reply = app.begin();

    assertThat(reply.body())
        .isEqualTo("{\"error\":\"invalid_grant\",\"error_description\":\"Session not active\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"client_id", "scope"})
  void missingParameterOfTheDeviceAuthorizationIsNamed(String name) throws Exception {
    var form = new HashMap<>(Map.of("client_id", HttpApp.CLIENT_ID, "scope", HttpApp.SCOPE));
    form.remove(name);

    var reply = app.post("/common/oauth2/v2.0/devicecode", form);

    assertThat(reply.error()).isEqualTo("invalid_request");
    assertThat(reply.get("error_description"))
        .startsWith("AADSTS900144:")
        .contains("'" + name + "'");
  }

  @Test
  void missingAndUnknownGrantTypesAreRefused() throws Exception {
    var missing = app.post("/common/oauth2/v2.0/token", Map.of("client_id", "x"));
    var unknown =
        app.post("/common/oauth2/v2.0/token", Map.of("client_id", "x", "grant_type", "password"));

    assertThat(missing.error()).isEqualTo("invalid_request");
    assertThat(unknown.error()).isEqualTo("unsupported_grant_type");
  }

  @Test
  void tokenEndpointAcceptsOnlyPostsOfForms() throws Exception {
    var got = app.get("/common/oauth2/v2.0/token");
    var json =
        app.send(
            HttpRequest.newBuilder(URI.create(server.baseUrl() + "/common/oauth2/v2.0/token"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"grant_type\":\"refresh_token\"}"))
                .build());

    assertThat(got.get("error_description")).startsWith("AADSTS900561:");
    assertThat(json.get("error_description")).startsWith("AADSTS900144:");
  }

  @Test
  void secretOfAPublicClientIsRefused() throws Exception {
    var reply = app.poll(app.begin(), Map.of("client_secret", "s"));

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.error()).isEqualTo("invalid_client");
    assertThat(reply.get("error_description")).startsWith("AADSTS700025:");
  }

  @Test
  void unknownPathIsNotFound() throws Exception {
    assertThat(app.get("/nowhere").status()).isEqualTo(404);
  }
}
