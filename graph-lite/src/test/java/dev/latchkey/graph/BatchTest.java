package dev.latchkey.graph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.graph.batch.BatchRequest;
import dev.latchkey.graph.batch.BatchResponse;
import dev.latchkey.graph.batch.BatchResponses;
import dev.latchkey.graph.error.GraphThrottled;
import dev.latchkey.graph.error.GraphUnavailable;
import dev.latchkey.graph.error.NotFound;
import dev.latchkey.graph.error.OutcomeUnknown;
import dev.latchkey.graph.error.RequestRefused;
import dev.latchkey.graph.fixture.CountingTokens;
import dev.latchkey.graph.fixture.LostResponse;
import dev.latchkey.graph.fixture.QuickTime;
import dev.latchkey.graph.fixture.ScriptedGraph;
import dev.latchkey.internal.json.Json;
import dev.latchkey.internal.time.Jitter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchTest {

  private final QuickTime time = new QuickTime();
  private ScriptedGraph server;
  private GraphClient graph;

  @BeforeAll
  static void warmUp() throws IOException {
    GraphClients.warmUp();
  }

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedGraph();
    graph = GraphClients.client(server, time);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void responsesInAnyOrderFindTheirRequests() {
    server.answer(
        200,
        responses(
            "{\"id\":\"B\",\"status\":204}",
            "{\"id\":\"c\",\"status\":404,\"body\":{\"error\":{\"code\":\"itemNotFound\"}}}",
            "{\"id\":\"a\",\"status\":200,\"headers\":{\"ETag\":\"x\",\"\":1},\"body\":{\"n\":1}}",
            "{\"id\":\"stranger\",\"status\":200}"));
    JsonObject body = new JsonObject();
    body.addProperty("isRead", true);

    BatchResponses answers =
        graph
            .batch()
            .send(
                List.of(
                    BatchRequest.get("a", "/me?$select=id"),
                    BatchRequest.patch("b", "/me/messages/1", body).header("If-Match", "W/1"),
                    BatchRequest.get("c", "/me/drive")));

    assertThat(answers.byId().keySet()).containsExactly("a", "b", "c");
    assertThat(answers.get("a").json()).hasToString("{\"n\":1}");
    assertThat(answers.get("a").headers().firstValue("etag")).contains("x");
    assertThat(answers.get("b").status()).isEqualTo(204);
    assertThat(answers.get("b").json().isEmpty()).isTrue();
    assertThat(answers.get("c").status()).isEqualTo(404);
    assertThatThrownBy(() -> answers.get("c").json())
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("carry out the request \"c\" of a batch");
    assertThat(server.asked().get(0).target()).isEqualTo("/v1.0/$batch");
    assertThat(server.asked().get(0).body())
        .isEqualTo(
            "{\"requests\":[{\"id\":\"a\",\"method\":\"GET\",\"url\":\"/me?$select=id\"},"
                + "{\"id\":\"b\",\"method\":\"PATCH\",\"url\":\"/me/messages/1\","
                + "\"body\":{\"isRead\":true},\"headers\":{\"If-Match\":\"W/1\","
                + "\"Content-Type\":\"application/json\"}},"
                + "{\"id\":\"c\",\"method\":\"GET\",\"url\":\"/me/drive\"}]}");
  }

  @Test
  void requestsGoTwentyAtATime() {
    echo(200).echo(200).echo(200);

    BatchResponses answers =
        graph
            .batch()
            .send(IntStream.range(0, 45).mapToObj(i -> BatchRequest.get("r" + i, "/me")).toList());

    assertThat(answers.byId())
        .hasSize(45)
        .allSatisfy((id, it) -> assertThat(it.status()).isEqualTo(200));
    assertThat(server.asked()).extracting(asked -> ids(asked).size()).containsExactly(20, 20, 5);
  }

  @Test
  void dependenciesGoTogetherAndFirst() {
    List<BatchRequest> requests = new ArrayList<>();
    requests.add(BatchRequest.get("free1", "/me"));
    requests.add(BatchRequest.post("r0", "/x", null));
    for (int i = 1; i < 22; i++) {
      requests.add(BatchRequest.post("r" + i, "/x", null).dependsOn("R" + (i - 1)));
    }
    requests.add(BatchRequest.get("free2", "/me"));
    echo(200).echo(200).echo(200);

    BatchResponses answers = graph.batch().send(requests);

    assertThat(answers.byId())
        .hasSize(24)
        .allSatisfy((id, it) -> assertThat(it.failure()).isNull());
    assertThat(ids(server.asked().get(0))).containsExactly("free1", "free2");
    assertThat(ids(server.asked().get(1))).hasSize(20).startsWith("r0", "r1");
    assertThat(server.asked().get(1).body()).contains("\"dependsOn\":[\"r18\"]");
    assertThat(ids(server.asked().get(2))).containsExactly("r20", "r21");
    // r20 depends on a finished request, which the server does not see in this batch.
    assertThat(server.asked().get(2).body())
        .doesNotContain("\"dependsOn\":[\"r19\"]")
        .contains("\"dependsOn\":[\"r20\"]");
  }

  @Test
  void failureFailsItsDependentsNowAndLater() {
    server.answer(
        200,
        responses("{\"id\":\"a\",\"status\":409}", "{\"id\":\"b\",\"status\":424,\"body\":{}}"));

    BatchResponses answers =
        graph
            .batch()
            .send(
                List.of(
                    BatchRequest.post("a", "/x", null),
                    BatchRequest.post("b", "/x", null).dependsOn("a")));

    assertThat(answers.get("a").status()).isEqualTo(409);
    assertThat(answers.get("b").failure()).isInstanceOf(RequestRefused.class);
    assertThat(answers.get("b").status()).isEqualTo(424);
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void throttledRequestsAreRepeatedWithTheirDependentsAtTheirOwnPace() {
    server
        .answer(
            200,
            responses(
                "{\"id\":\"a\",\"status\":429,\"headers\":{\"Retry-After\":\"7\"}}",
                "{\"id\":\"b\",\"status\":424}",
                "{\"id\":\"c\",\"status\":201}",
                "{\"id\":\"d\",\"status\":429,\"headers\":{\"Retry-After\":\"3\"}}",
                "{\"id\":\"e\",\"status\":424}"))
        .answer(200, responses("{\"id\":\"d\",\"status\":201}", "{\"id\":\"e\",\"status\":201}"))
        .answer(200, responses("{\"id\":\"a\",\"status\":201}", "{\"id\":\"b\",\"status\":201}"));

    BatchResponses answers =
        graph
            .batch()
            .send(
                List.of(
                    BatchRequest.post("a", "/x", null),
                    BatchRequest.post("b", "/x", null).dependsOn("a"),
                    BatchRequest.post("c", "/x", null),
                    BatchRequest.post("d", "/x", null),
                    BatchRequest.post("e", "/x", null).dependsOn("c", "d")));

    assertThat(answers.byId()).allSatisfy((id, it) -> assertThat(it.status()).isEqualTo(201));
    assertThat(server.asked())
        .extracting(BatchTest::ids)
        .containsExactly(List.of("a", "b", "c", "d", "e"), List.of("d", "e"), List.of("a", "b"));
    assertThat(server.asked().get(1).body()).contains("\"dependsOn\":[\"d\"]");
    assertThat(time.waits()).containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(4));
  }

  @Test
  void requestsThatWereToldTheSameRetryAfterGoTogetherAgainThoughChanceLengthensTheirPause() {
    String busy = "{\"id\":\"%s\",\"status\":429,\"headers\":{\"Retry-After\":\"40\"}}";
    server
        .answer(200, responses(busy.formatted("a"), busy.formatted("b"), busy.formatted("c")))
        .answer(
            200,
            responses(
                "{\"id\":\"a\",\"status\":200}",
                "{\"id\":\"b\",\"status\":200}",
                "{\"id\":\"c\",\"status\":200}"));
    QuickTime random = new QuickTime(Jitter.of(new Random(1)));

    GraphClients.client(server, random)
        .batch()
        .send(
            List.of(
                BatchRequest.get("a", "/me"),
                BatchRequest.get("b", "/me"),
                BatchRequest.get("c", "/me")));

    assertThat(server.asked())
        .extracting(BatchTest::ids)
        .containsExactly(List.of("a", "b", "c"), List.of("a", "b", "c"));
    assertThat(random.waits())
        .singleElement()
        .satisfies(
            wait -> assertThat(wait).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(80)));
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 504})
  void serverErrorIsRetriedForReadsAndNeverForWrites(int status) {
    server
        .answer(
            200,
            responses(
                "{\"id\":\"get\",\"status\":%d}".formatted(status),
                "{\"id\":\"post\",\"status\":%d}".formatted(status),
                "{\"id\":\"patch\",\"status\":%d}".formatted(status),
                "{\"id\":\"delete\",\"status\":%d}".formatted(status)))
        .answer(
            200,
            responses("{\"id\":\"get\",\"status\":200}", "{\"id\":\"delete\",\"status\":204}"));

    BatchResponses answers = graph.batch().send(oneOfEach());

    assertThat(answers.get("get").status()).isEqualTo(200);
    assertThat(answers.get("delete").status()).isEqualTo(204);
    assertThat(answers.get("post").failure()).isInstanceOf(OutcomeUnknown.class);
    assertThat(answers.get("patch").failure()).isInstanceOf(OutcomeUnknown.class);
    assertThat(ids(server.asked().get(1))).containsExactlyInAnyOrder("get", "delete");
  }

  @ParameterizedTest
  @EnumSource
  void lostBatchIsAnUnknownOutcomeForTheWritesAlone(LostResponse loss) {
    loss.apply(server);
    server.answer(
        200, responses("{\"id\":\"get\",\"status\":200}", "{\"id\":\"delete\",\"status\":204}"));

    BatchResponses answers =
        GraphClients.client(server, time, loss.idleTimeout()).batch().send(oneOfEach());

    assertThat(answers.get("get").status()).isEqualTo(200);
    assertThat(answers.get("delete").status()).isEqualTo(204);
    assertThat(answers.get("post").failure()).isInstanceOf(OutcomeUnknown.class);
    assertThat(answers.get("patch").failure()).isInstanceOf(OutcomeUnknown.class);
    assertThat(server.asked()).hasSize(2);
  }

  @Test
  void responseWithoutIdDoesNotAffectTheOthers() {
    server
        .answer(
            200, responses("{\"status\":200}", "{\"id\":\"post\",\"status\":201}", "{\"id\":7}"))
        .answer(
            200,
            responses("{\"id\":\"get\",\"status\":200}", "{\"id\":\"delete\",\"status\":204}"));

    BatchResponses answers = graph.batch().send(oneOfEach());

    assertThat(answers.get("post").status()).isEqualTo(201);
    assertThat(answers.get("get").failure()).isNull();
    assertThat(answers.get("patch").failure()).isInstanceOf(OutcomeUnknown.class);
  }

  @Test
  void missingResponseCountsAsLost() {
    server
        .answer(200, responses("{\"id\":\"patch\",\"status\":\"soon\"}"))
        .answer(
            200,
            responses("{\"id\":\"get\",\"status\":200}", "{\"id\":\"delete\",\"status\":204}"));

    BatchResponses answers = graph.batch().send(oneOfEach());

    assertThat(answers.get("get").failure()).isNull();
    assertThat(answers.get("post").failure()).isInstanceOf(OutcomeUnknown.class);
    assertThat(answers.get("patch").failure()).isInstanceOf(OutcomeUnknown.class);
  }

  @Test
  void readThatNeverSucceedsEnds() {
    for (int i = 0; i < 6; i++) {
      server.answer(200, responses("{\"id\":\"a\",\"status\":503}"));
    }

    BatchResponses answers = graph.batch().send(List.of(BatchRequest.get("a", "/me")));

    assertThat(answers.get("a").failure()).isInstanceOf(GraphUnavailable.class);
    assertThat(server.asked()).hasSize(6);
    assertThat(time.waits()).hasSize(5);
  }

  @Test
  void throttlingBeyondTheDeadlineIsNotWaitedFor() {
    server.answer(
        200, responses("{\"id\":\"a\",\"status\":429,\"headers\":{\"Retry-After\":\"315\"}}"));

    BatchResponse answer = graph.batch().send(List.of(BatchRequest.get("a", "/me"))).get("a");

    assertThat(answer.failure())
        .isInstanceOfSatisfying(
            GraphThrottled.class,
            busy -> assertThat(busy.retryAfter()).isEqualTo(Duration.ofSeconds(315)));
    assertThat(time.waits()).isEmpty();
  }

  @Test
  void refusalOfOneChunkDoesNotAffectTheOthers() {
    server.answer(400, "{\"error\":{\"code\":\"BadRequest\"}}");
    echo(200);

    BatchResponses answers =
        graph
            .batch()
            .send(IntStream.range(0, 25).mapToObj(i -> BatchRequest.get("r" + i, "/me")).toList());

    assertThat(answers.get("r0").failure()).isInstanceOf(RequestRefused.class);
    assertThat(answers.get("r24").failure()).isNull();
  }

  @Test
  void innerClaimsChallengeIsMetOnceAndOtherwiseReported() {
    String claims = "{\"access_token\":{\"nbf\":{\"essential\":true}}}";
    String challenge =
        "Bearer error=\\\"insufficient_claims\\\", claims=\\\"%s\\\""
            .formatted(Base64.getEncoder().encodeToString(claims.getBytes(UTF_8)));
    String refused = "{\"id\":\"%s\",\"status\":401,\"headers\":{\"WWW-Authenticate\":\"%s\"}}";
    String both = responses(refused.formatted("a", challenge), refused.formatted("b", challenge));
    server.answer(200, both).answer(200, both);
    CountingTokens tokens = new CountingTokens();
    GraphClient client =
        GraphClient.builder(tokens).baseUrl(server.url()).time(new QuickTime()).build();

    BatchResponses answers =
        client.batch().send(List.of(BatchRequest.get("a", "/me"), BatchRequest.get("b", "/me")));

    assertThat(tokens.claims()).containsExactly(claims);
    assertThat(answers.byId())
        .allSatisfy(
            (id, answer) ->
                assertThatThrownBy(answer::json)
                    .isInstanceOfSatisfying(
                        SignInRequired.class, why -> assertThat(why.claims()).isEqualTo(claims)));
  }

  @Test
  void innerClaimsThatDifferEachTimeAreMetOnce() {
    for (int i = 0; i < 2; i++) {
      String claims = "{\"access_token\":{\"n\":" + i + "}}";
      server.answer(
          200,
          responses(
              "{\"id\":\"a\",\"status\":401,\"headers\":{\"WWW-Authenticate\":\"%s\"}}"
                  .formatted(
                      "Bearer error=\\\"insufficient_claims\\\", claims=\\\"%s\\\""
                          .formatted(Base64.getEncoder().encodeToString(claims.getBytes(UTF_8))))));
    }

    BatchResponses answers = graph.batch().send(List.of(BatchRequest.get("a", "/me")));

    assertThat(answers.get("a").failure()).isInstanceOf(SignInRequired.class);
    assertThat(server.asked()).hasSize(2);
  }

  @Test
  void deletionThatFindsNothingAfterALostResponseSucceeds() {
    server
        .answer(200, responses("{\"id\":\"a\",\"status\":504}", "{\"id\":\"b\",\"status\":404}"))
        .answer(200, responses("{\"id\":\"a\",\"status\":404,\"body\":{\"error\":{}}}"));

    BatchResponses answers =
        graph.batch().send(List.of(BatchRequest.delete("a", "/x"), BatchRequest.delete("b", "/y")));

    assertThat(answers.get("a").failure()).isNull();
    assertThat(answers.get("a").json().isEmpty()).isTrue();
    assertThat(answers.get("b").failure()).isInstanceOf(NotFound.class);
  }

  @ParameterizedTest
  @EnumSource
  void deletionThatFindsNothingAfterALostBatchSucceeds(LostResponse loss) {
    loss.apply(server);
    server.answer(200, responses("{\"id\":\"a\",\"status\":404}"));

    BatchResponses answers =
        GraphClients.client(server, time, loss.idleTimeout())
            .batch()
            .send(List.of(BatchRequest.delete("a", "/x")));

    assertThat(answers.get("a").failure()).isNull();
    assertThat(server.asked()).hasSize(2);
  }

  @Test
  void endOfTheSessionFailsTheRemainingRequests() {
    server.answer(401, "").answer(401, "");

    BatchResponses answers =
        graph
            .batch()
            .send(IntStream.range(0, 45).mapToObj(i -> BatchRequest.get("r" + i, "/me")).toList());

    assertThat(answers.byId())
        .hasSize(45)
        .allSatisfy((id, it) -> assertThat(it.status()).isEqualTo(401));
    assertThat(server.asked()).hasSize(2);
  }

  @Test
  void invalidBatchesAreRejectedBeforeAnyRequest() {
    BatchRequest a = BatchRequest.get("a", "/me");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> graph.batch().send(List.of(a, BatchRequest.get("A", "/me"))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> graph.batch().send(List.of(a.dependsOn("a"))));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> graph.batch().send(List.of(a.dependsOn("b"), BatchRequest.get("b", "/"))));
    assertThatIllegalArgumentException().isThrownBy(() -> BatchRequest.get("", "/me"));
    assertThatIllegalArgumentException().isThrownBy(() -> BatchRequest.get("a", "//evil/me"));
    assertThatIllegalArgumentException().isThrownBy(() -> BatchRequest.get("a", "https://evil"));
    assertThat(graph.batch().send(List.of()).byId()).isEmpty();
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void printedRequestsAndResponsesRevealLittle() {
    BatchRequest request = BatchRequest.get("a", "/me?token=s3cret").header("X", "s3cret");

    assertThat(request).hasToString("BatchRequest[a, GET /me]");
    echo(200);
    assertThat(graph.batch().send(List.of(request)).get("a")).hasToString("BatchResponse[200]");
  }

  @Test
  void responseToAnUnknownIdIsIgnored() {
    echo(200);

    BatchResponses answers = graph.batch().send(List.of(BatchRequest.get("a", "/me")));

    assertThatIllegalArgumentException().isThrownBy(() -> answers.get("b"));
    assertThat(answers).hasToString("BatchResponses{a=BatchResponse[200]}");
  }

  private static List<BatchRequest> oneOfEach() {
    return List.of(
        BatchRequest.get("get", "/me"),
        BatchRequest.post("post", "/x", null),
        BatchRequest.patch("patch", "/x", new JsonObject()),
        BatchRequest.delete("delete", "/x"));
  }

  /** Answers every request of the next batch with a status, the last request first. */
  private BatchTest echo(int status) {
    server.line(
        exchange -> {
          List<String> ids = ids(server.asked().get(server.asked().size() - 1));
          StringBuilder all = new StringBuilder();
          for (String id : ids) {
            all.insert(0, ",{\"id\":\"%s\",\"status\":%d,\"body\":{}}".formatted(id, status));
          }
          byte[] body = ("{\"responses\":[" + all.substring(1) + "]}").getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    return this;
  }

  private static List<String> ids(ScriptedGraph.Asked asked) {
    List<String> ids = new ArrayList<>();
    for (JsonElement request : Json.object(asked.body()).getAsJsonArray("requests")) {
      ids.add(request.getAsJsonObject().get("id").getAsString());
    }
    return ids;
  }

  private static String responses(String... responses) {
    return "{\"responses\":[" + String.join(",", responses) + "]}";
  }
}
