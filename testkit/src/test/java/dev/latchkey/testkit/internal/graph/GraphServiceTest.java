package dev.latchkey.testkit.internal.graph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.latchkey.testkit.Endpoint;
import dev.latchkey.testkit.Fault;
import dev.latchkey.testkit.RecordedRequest;
import dev.latchkey.testkit.fixture.GraphFixture;
import dev.latchkey.testkit.fixture.HttpApp;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphServiceTest extends GraphFixture {

  private static final String POLICY =
      "{\"access_token\":{\"acrs\":{\"essential\":true,\"value\":\"c1\"}}}";

  @Test
  void expiredTokenIsRefusedAsGraphDoes() throws Exception {
    get("/me");
    server.advanceClock(Duration.ofHours(1));

    HttpApp.Reply reply = get("/me", "client-request-id", "7b50a25b-7c5a-443b-9a41-1b6314be4014");
    JsonObject inner = error(reply).getAsJsonObject("innerError");

    assertThat(reply.status()).isEqualTo(401);
    assertThat(code(reply)).isEqualTo("InvalidAuthenticationToken");
    assertThat(reply.header("WWW-Authenticate")).startsWith("Bearer ").doesNotContain("claims");
    assertThat(inner.get("client-request-id").getAsString())
        .isEqualTo("7b50a25b-7c5a-443b-9a41-1b6314be4014")
        .isEqualTo(reply.header("client-request-id"));
    assertThat(inner.get("request-id").getAsString()).isEqualTo(reply.header("request-id"));
    assertThat(LocalDateTime.parse(inner.get("date").getAsString())).isNotNull();
  }

  @Test
  void requestWithoutATokenIsRefused() throws Exception {
    HttpApp.Reply reply = bare(to(graph.url() + "/me"));

    assertThat(reply.status()).isEqualTo(401);
    assertThat(error(reply).get("message").getAsString()).isEqualTo("Access token is empty.");
  }

  @Test
  void tokenForAnotherResourceIsRefused() throws Exception {
    String other = token(ADELE, "https://vault.azure.net/user_impersonation");
    String same = token(ADELE, "https://graph.microsoft.com/User.Read");

    HttpApp.Reply refused =
        bare(to(graph.url() + "/me").header("Authorization", "Bearer " + other));
    HttpApp.Reply good = bare(to(graph.url() + "/me").header("Authorization", "Bearer " + same));

    assertThat(refused.status()).isEqualTo(401);
    assertThat(error(refused).get("message").getAsString()).contains("audience");
    assertThat(good.status()).isEqualTo(200);
  }

  @Test
  void eachCallRequiresItsScope() throws Exception {
    String little = "Bearer " + token(ADELE, "User.Read Files.Read");
    String team = graph.addTeam("Team", ADELE).id();

    List<Integer> statuses =
        List.of(
            status("GET", "/me", little),
            status("GET", "/me/drive", little),
            status("GET", "/drives/" + graph.addTeam("Other", ADELE).drive().id(), little),
            status("POST", "/me/drive/root/children", little),
            status("GET", "/me/joinedTeams", little),
            status("POST", "/teams/" + team + "/channels/x/messages", little),
            status("GET", "/me/planner/tasks", little),
            status("GET", "/me/messages", little),
            status("POST", "/me/sendMail", little),
            status("GET", "/sites/x:/y", little));

    assertThat(statuses).containsExactly(200, 200, 403, 403, 403, 403, 403, 403, 403, 403);
  }

  private int status(String method, String path, String authorization) throws Exception {
    return bare(to(graph.url() + path)
            .method(method, BodyPublishers.ofString("{}"))
            .header("Authorization", authorization))
        .status();
  }

  @Test
  void defaultScopeGrantsEverything() throws Exception {
    String all = token(ADELE, "https://graph.microsoft.com/.default");

    assertThat(status("GET", "/me/messages", "Bearer " + all)).isEqualTo(200);
  }

  @Test
  void tokenIsChallengedUntilARefreshWithTheClaims() throws Exception {
    HttpApp.Reply tokens = app.signIn(server, ADELE);
    graph.requireClaims(POLICY);

    HttpApp.Reply challenged = me(tokens);
    HttpApp.Reply better = me(app.refresh(tokens, Map.of("claims", POLICY)));
    int userInfo = app.userInfo(tokens).status();
    graph.requireNoClaims();

    String claims = Base64.getEncoder().encodeToString(POLICY.getBytes(UTF_8));
    assertThat(challenged.status()).isEqualTo(401);
    assertThat(challenged.header("WWW-Authenticate"))
        .contains("error=\"insufficient_claims\"")
        .contains("claims=\"" + claims + "\"");
    assertThat(better.status()).isEqualTo(200);
    assertThat(userInfo).as("of another resource").isEqualTo(200);
    assertThat(me(tokens).status()).isEqualTo(200);
  }

  @Test
  void challengeCanHaveAnyForm() throws Exception {
    HttpApp.Reply tokens = app.signIn(server, ADELE);
    graph.requireClaims(POLICY);
    graph.settings().challengeForm(403, "PoP realm=\"\"", "Bearer error = \"insufficient_claims\"");

    HttpApp.Reply challenged = me(tokens);

    assertThat(challenged.status()).isEqualTo(403);
    assertThat(challenged.response().headers().allValues("WWW-Authenticate"))
        .containsExactly("PoP realm=\"\"", "Bearer error = \"insufficient_claims\"");
  }

  private HttpApp.Reply me(HttpApp.Reply tokens) throws Exception {
    return bare(
        to(graph.url() + "/me").header("Authorization", "Bearer " + tokens.get("access_token")));
  }

  @Test
  void throttledRequestsAreNotActedOn() throws Exception {
    graph.throttle(2, "soon", "/children$");
    graph.settings().rateLimit(1200, 0, 17);

    HttpApp.Reply other = get("/me");
    HttpApp.Reply first = post("/me/drive/root/children", "{\"name\":\"a\",\"folder\":{}}");
    HttpApp.Reply second = get("/me/drive/root/children");
    HttpApp.Reply third = get("/me/drive/root/children");

    assertThat(List.of(other.status(), first.status(), second.status(), third.status()))
        .containsExactly(200, 429, 429, 200);
    assertThat(first.header("Retry-After")).isEqualTo("soon");
    assertThat(first.header("RateLimit-Remaining")).isEqualTo("0");
    assertThat(code(first)).isEqualTo("TooManyRequests");
    assertThat(names(third)).isEmpty();
  }

  @Test
  void faultsFindTheirRequestsByMethodAndPath() throws Exception {
    server.fail(Fault.status(504).to("POST", "/children$"));

    int get = get("/me/drive/root/children").status();
    int post = post("/me/drive/root/children", "{\"name\":\"a\",\"folder\":{}}").status();

    assertThat(List.of(get, post)).containsExactly(200, 504);
    assertThat(graph.requests("POST", "/children$")).hasSize(1);
    assertThat(graph.requests()).hasSize(2);
  }

  @Test
  void meanwhileRunsWhenTheRequestArrives() throws Exception {
    server.fail(Fault.meanwhile(server::expireAccessTokens).onRequest(2).to(Endpoint.GRAPH));

    int first = get("/me").status();
    int second = get("/me").status();

    assertThat(List.of(first, second)).containsExactly(200, 401);
  }

  @Test
  void logHasHeadersAndHidesTheToken() throws Exception {
    get("/me", "Prefer", "IdType=\"ImmutableId\"");

    RecordedRequest request = graph.requests().get(0);

    assertThat(request.isAuthorized()).isTrue();
    assertThat(request.header("authorization")).contains("***");
    assertThat(request.header("PREFER")).contains("IdType=\"ImmutableId\"");
    assertThat(request.toString()).doesNotContain(token());
  }

  @Test
  void unknownPathsAndMethodsAreRefusedAsGraphDoes() throws Exception {
    assertThat(get("/me/nonsense").status()).isEqualTo(400);
    assertThat(delete("/me").status()).isEqualTo(405);
    assertThat(post("/me/drive/root/children", "<html>").status()).isEqualTo(400);
  }
}
