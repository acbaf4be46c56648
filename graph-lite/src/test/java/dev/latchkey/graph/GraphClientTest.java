package dev.latchkey.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.google.gson.JsonObject;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.graph.error.Conflict;
import dev.latchkey.graph.error.Forbidden;
import dev.latchkey.graph.error.GraphException;
import dev.latchkey.graph.error.GraphThrottled;
import dev.latchkey.graph.error.GraphUnavailable;
import dev.latchkey.graph.error.MalformedAnswer;
import dev.latchkey.graph.error.NotFound;
import dev.latchkey.graph.error.OutcomeUnknown;
import dev.latchkey.graph.error.PreconditionFailed;
import dev.latchkey.graph.error.QuotaExceeded;
import dev.latchkey.graph.error.RequestRefused;
import dev.latchkey.graph.error.ResyncRequired;
import dev.latchkey.graph.error.TokenRejected;
import dev.latchkey.graph.fixture.CountingTokens;
import dev.latchkey.graph.fixture.FullCommonPool;
import dev.latchkey.graph.fixture.InterruptedCall;
import dev.latchkey.graph.fixture.QuickTime;
import dev.latchkey.graph.fixture.ScriptedGraph;
import dev.latchkey.graph.internal.http.GraphCall;
import dev.latchkey.graph.internal.http.GraphConfig;
import dev.latchkey.graph.internal.http.GraphErrorMapper;
import dev.latchkey.graph.internal.http.GraphHttp;
import dev.latchkey.graph.internal.http.GraphPath;
import dev.latchkey.graph.internal.http.RetryPolicy;
import dev.latchkey.internal.http.ExchangeReports;
import dev.latchkey.internal.http.HttpDates;
import dev.latchkey.internal.json.Json;
import dev.latchkey.internal.time.Jitter;
import dev.latchkey.internal.time.Time;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphClientTest {

  private static final String ME = "{\"id\":\"1\",\"displayName\":\"Adele\",\"new\":{\"x\":[1]}}";
  private static final String CLAIMS = "{\"access_token\":{\"nbf\":{\"essential\":true}}}";

  private static final Duration HANGING = Duration.ofSeconds(2);

  private final QuickTime time = new QuickTime();
  private final CountingTokens tokens = new CountingTokens("User.Read");
  private ScriptedGraph server;
  private GraphClient graph;

  @BeforeAll
  static void warmUp() throws IOException {
    GraphClients.warmUp();
  }

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedGraph();
    graph = client(Duration.ofSeconds(30));
  }

  private GraphClient client(Duration idleTimeout) {
    return GraphClient.builder(tokens)
        .baseUrl(server.url())
        .idleTimeout(idleTimeout)
        .time(time)
        .build();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void unknownMembersAreIgnoredAndMissingOnesAreNull() {
    server.answer(200, ME);

    assertThat(graph.me()).isEqualTo(new User("1", "Adele", null, null, null));
    assertThat(server.asked().get(0).target()).isEqualTo("/v1.0/me");
    assertThat(server.asked().get(0).header("Authorization")).isEqualTo("Bearer token-1");
    assertThat(server.asked().get(0).header("client-request-id")).hasSize(36);
    assertThat(server.asked().get(0).header("User-Agent")).isEqualTo("latchkey-graph-lite");
  }

  @Test
  void readsAreRepeatedUntilAResponseComes() {
    server.answer(500, "").answer(502, "<html>").answer(503, "").answer(504, "");
    server.answer(200, ME);

    assertThat(graph.me().id()).isEqualTo("1");
    assertThat(server.asked()).hasSize(5);
    assertThat(time.waits()).hasSize(4);
    for (int i = 0; i < 4; i++) {
      Duration pause = Duration.ofSeconds(1L << i);
      assertThat(time.waits().get(i)).isBetween(pause.dividedBy(2), pause);
    }
    assertThat(tokens.asked()).as("a token for every attempt").isEqualTo(5);
  }

  @Test
  void repeatedRawDeleteThatFindsNothingCountsAsDone() {
    server.answer(504, "").answer(404, "{\"error\":{\"code\":\"itemNotFound\"}}");

    graph.delete("/me/events/1", Map.of("If-Match", "W/1"));

    assertThat(server.asked())
        .extracting(ScriptedGraph.Asked::method, asked -> asked.header("If-Match"))
        .containsExactly(tuple("DELETE", "W/1"), tuple("DELETE", "W/1"));
  }

  @Test
  void rawDeleteOfAMissingItemIsNotFound() {
    server.answer(404, "{\"error\":{\"code\":\"itemNotFound\"}}");

    assertThatThrownBy(() -> graph.delete("/me/events/1", Map.of())).isInstanceOf(NotFound.class);
  }

  @Test
  void truncatedAndHungReadsAreRetried() {
    server.truncated(200, "{\"id\":").hang().answer(200, ME);

    assertThat(client(HANGING).me().id()).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource({"3, 3", "90, 90"})
  void retryAfterInSecondsIsObeyed(String header, long seconds) {
    server.answer(429, "", "Retry-After", header).answer(200, ME);

    assertThat(graph.me().id()).isEqualTo("1");
    assertThat(time.waits()).containsExactly(Duration.ofSeconds(seconds));
  }

  @Test
  void callIsKeptWaitingALittleLongerThanGraphAsks() {
    server.answer(429, "", "Retry-After", "3").answer(200, ME);
    QuickTime random = new QuickTime(Jitter.of(() -> -1));

    GraphClients.client(server, random).me();

    assertThat(random.waits()).containsExactly(Duration.ofMillis(5_999));
  }

  @Test
  void chanceDoesNotUseUpTheTimeOfTheFourthAttempt() {
    server
        .answer(429, "", "Retry-After", "30")
        .answer(429, "", "Retry-After", "30")
        .answer(429, "", "Retry-After", "30")
        .answer(200, ME);
    QuickTime random = new QuickTime(Jitter.of(() -> -1));

    assertThat(GraphClients.client(server, random).me().id()).isEqualTo("1");
    assertThat(random.waits())
        .hasSize(3)
        .allSatisfy(
            wait -> assertThat(wait).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(42)));
  }

  @Test
  void retryAfterAsADateIsReadByTheServersClock() {
    String date = HttpDates.format(Instant.now().plusSeconds(20)); // two digits for the day
    server.answer(503, "", "Retry-After", date).answer(200, ME);

    assertThat(graph.me().id()).isEqualTo("1");
    assertThat(time.waits().get(0)).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(20));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-5", "soon", "1e3", ""})
  void zeroOrInvalidRetryAfterIsNotATightLoop(String header) {
    server.answer(429, "", "Retry-After", header).answer(200, ME);

    assertThat(graph.me().id()).isEqualTo("1");
    assertThat(time.waits().get(0)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
  }

  @Test
  void retryAfterBeyondTheDeadlineIsReportedAtOnce() {
    server.answer(429, "", "Retry-After", "315");

    var busy = catchThrowableOfType(GraphThrottled.class, graph::me);

    assertThat(busy.retryAfter()).isEqualTo(Duration.ofSeconds(315));
    assertThat(time.waits()).isEmpty();
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void retryingEndsAtItsLimit() {
    for (int i = 0; i < 6; i++) {
      server.answer(503, "");
    }

    assertThatThrownBy(graph::me).isInstanceOf(GraphUnavailable.class);
    assertThat(server.asked()).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 504})
  void writesThatMayHaveBeenCarriedOutAreNotRepeated(int status) {
    server.answer(status, "");

    var unknown = catchThrowableOfType(OutcomeUnknown.class, this::post);

    assertThat(unknown.status()).isEqualTo(status);
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void writeWhoseConnectionBreaksIsNotRepeated() {
    server.reset();

    assertThatThrownBy(this::post).isInstanceOf(OutcomeUnknown.class);
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void writeThatHangsIsNotRepeated() {
    server.hang();
    GraphClient impatient = client(HANGING);

    assertThatThrownBy(() -> impatient.patch("/me", new JsonObject(), Map.of()))
        .isInstanceOf(OutcomeUnknown.class)
        .hasMessageContaining("it may have been carried out");
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void writeWithATruncatedResponseIsNotRepeated() {
    server.truncated(201, "{\"id\":");

    assertThatThrownBy(this::post).isInstanceOf(OutcomeUnknown.class);
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void writesAreRepeatedWhereTheyWereCertainlyRefused() {
    server.answer(429, "", "Retry-After", "2").answer(503, "", "Retry-After", "4");
    server.answer(201, "{\"id\":\"2\"}");

    assertThat(post().get("id").getAsString()).isEqualTo("2");
    assertThat(time.waits()).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4));
  }

  @Test
  void writeIsNotRepeatedAfterA503WithoutRetryAfter() {
    server.answer(503, "");

    assertThatThrownBy(this::post).isInstanceOf(GraphUnavailable.class);
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void writeThatNeverLeftIsRepeatedAndThenUnavailable() {
    server.close();

    assertThatThrownBy(this::post).isInstanceOf(GraphUnavailable.class);
    assertThat(time.waits()).hasSize(5);
  }

  @Test
  void plain401IsAnsweredWithOneRefreshAndOneReplay() {
    server.answer(401, "", "WWW-Authenticate", "Bearer realm=\"\"").answer(200, ME);

    assertThat(graph.me().id()).isEqualTo("1");
    assertThat(tokens.claims()).containsExactly((String) null);
    assertThat(server.asked().get(1).header("Authorization")).isEqualTo("Bearer token-2");
    assertThat(time.waits()).isEmpty();
  }

  @Test
  void second401IsTyped() {
    server
        .answer(401, "", "WWW-Authenticate", "Bearer")
        .answer(401, "", "WWW-Authenticate", "Bearer");

    assertThatThrownBy(graph::me).isInstanceOf(TokenRejected.class);
    assertThat(server.asked()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void claimsChallengeLeadsToOneRefresh(int status) {
    server.answer(status, "", "WWW-Authenticate", challenge()).answer(201, "{}");

    post();

    assertThat(tokens.claims()).containsExactly(CLAIMS);
    assertThat(server.asked()).hasSize(2);
  }

  @Test
  void claimsThatGraphDemandsAfterARefreshRequireASignIn() {
    server.answer(401, "", "WWW-Authenticate", challenge());
    server.answer(401, "", "WWW-Authenticate", challenge());

    var why = catchThrowableOfType(SignInRequired.class, graph::me);

    assertThat(why.reason()).isEqualTo(SignInRequired.Reason.CLAIMS_CHALLENGE);
    assertThat(why.claims()).isEqualTo(CLAIMS);
    assertThat(why.accountId()).isEqualTo("the-account");
    assertThat(server.asked()).hasSize(2);
  }

  @Test
  void claimsThatDifferEachTimeRequireASignIn() {
    for (int i = 0; i < 2; i++) {
      server.answer(401, "", "WWW-Authenticate", challenge("{\"access_token\":{\"n\":" + i + "}}"));
    }

    var why = catchThrowableOfType(SignInRequired.class, graph::me);

    assertThat(why.claims()).isEqualTo("{\"access_token\":{\"n\":1}}");
    assertThat(server.asked()).hasSize(2);
  }

  @Test
  void claimsThatARefreshCannotSatisfyRequireASignIn() {
    var why =
        new SignInRequired(
            SignInRequired.Reason.CLAIMS_CHALLENGE, CLAIMS, "the-account", "m", null, null, null);
    tokens.refuse(why);
    server.answer(401, "", "WWW-Authenticate", challenge());

    assertThatThrownBy(graph::me).isSameAs(why);
    assertThat(server.asked()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalidRequest, RequestRefused",
    "403, accessDenied, Forbidden",
    "403, quotaLimitReached, QuotaExceeded",
    "404, itemNotFound, NotFound",
    "405, '', RequestRefused",
    "409, nameAlreadyExists, Conflict",
    "410, resyncRequired, ResyncRequired",
    "412, '', PreconditionFailed",
    "423, resourceLocked, Conflict",
    "507, insufficientStorage, QuotaExceeded",
    "302, '', MalformedAnswer",
    "503, somethingNew, GraphUnavailable",
    "599, somethingNew, OutcomeUnknown"
  })
  void eachStatusHasItsType(int status, String code, String type) {
    server.answer(
        status,
        "{\"error\":{\"code\":\""
            + code
            + "\",\"message\":\"m\",\"innererror\":"
            + "{\"date\":\"2026-01-01T00:00:00\",\"request-id\":\"r-1\"}}}");
    Map<String, Class<? extends GraphException>> types =
        Map.of(
            "RequestRefused", RequestRefused.class,
            "Forbidden", Forbidden.class,
            "QuotaExceeded", QuotaExceeded.class,
            "NotFound", NotFound.class,
            "Conflict", Conflict.class,
            "ResyncRequired", ResyncRequired.class,
            "PreconditionFailed", PreconditionFailed.class,
            "MalformedAnswer", MalformedAnswer.class,
            "GraphUnavailable", GraphUnavailable.class,
            "OutcomeUnknown", OutcomeUnknown.class);

    var failure = catchThrowableOfType(GraphException.class, this::post);

    assertThat(failure).isInstanceOf(types.get(type));
    assertThat(failure.status()).isEqualTo(status);
    assertThat(failure.code()).isEqualTo(code.isEmpty() ? null : code);
    assertThat(failure.error().requestId()).isEqualTo("r-1");
    assertThat(failure).hasMessageContaining("HTTP " + status).hasMessageContaining("r-1");
  }

  @Test
  void dateComesFromTheHeaderOrElseTheBody() {
    JsonObject json =
        Json.object("{\"error\":{\"innererror\":{\"date\":\"2026-01-01T00:00:00\"}}}");
    HttpHeaders dated =
        HttpHeaders.of(
            Map.of("Date", List.of("Thu, 01 Jan 2026 00:00:07 GMT")), (name, value) -> true);
    HttpHeaders bare = HttpHeaders.of(Map.of(), (name, value) -> true);

    assertThat(GraphErrorMapper.error(400, dated, json, null).date())
        .isEqualTo("2026-01-01T00:00:07Z");
    assertThat(GraphErrorMapper.error(400, bare, json, null).date())
        .isEqualTo("2026-01-01T00:00:00Z");
    assertThat(GraphErrorMapper.error(400, bare, null, null).date()).isNull();
  }

  @Test
  void deepestKnownCodeDecides() {
    server.answer(
        400,
        "{\"error\":{\"code\":\"invalidRequest\",\"innerError\":{\"code\":\"nameAlreadyExists\","
            + "\"innerError\":{\"code\":\"deeperAndUnknown\"}}}}");

    var failure = catchThrowableOfType(Conflict.class, this::post);

    assertThat(failure.code()).isEqualTo("nameAlreadyExists");
  }

  @Test
  void forbiddenNamesTheScopeThatIsMissing() {
    var without = new CountingTokens("https://graph.microsoft.com/Files.Read");
    var other = GraphClient.builder(without).baseUrl(server.url()).time(time).build();
    server.answer(403, "").answer(403, "");

    var failure = catchThrowableOfType(Forbidden.class, other::me);
    var granted = catchThrowableOfType(Forbidden.class, graph::me);

    assertThat(failure.missingScopes()).containsExactly("User.Read");
    assertThat(granted.missingScopes()).isEmpty();
  }

  @Test
  void messagesHoldNoTokenAndNoQuery() {
    server.answer(
        400,
        "{\"error\":{\"code\":\"x\",\"message\":\"see https://a.example/f?sig=abc&se=1 and"
            + " eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiIsIng1dCI6Ik1uQ19WWmNBVGZNNXBP\\u001b[2J\"}}");

    var failure = catchThrowableOfType(RequestRefused.class, () -> graph.get("/me?secret=1"));

    assertThat(failure.getMessage()).doesNotContain("sig=", "eyJ0", "secret", "\u001b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>sign in to the hotel</html>", "[]", "{\"id\":7}", "{}"})
  void responsesNotFromGraphAreMalformed(String body) {
    server.answer(200, body);

    assertThatThrownBy(graph::me).isInstanceOf(MalformedAnswer.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>sign in to the hotel</html>", "[]", "{\"a\":", "{\"a\":1}}"})
  void writeWithAnInvalidResponseIsUnknown(String body) {
    server.answer(201, body);

    var unknown = catchThrowableOfType(OutcomeUnknown.class, this::post);

    assertThat(unknown.status()).isEqualTo(201);
    assertThat(unknown).hasMessageContaining("it may have been carried out");
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void writeWhoseResponseLacksTheNewItemIsUnknown() {
    server.answer(201, "{}");

    assertThatThrownBy(() -> graph.mail().createReply("m1", "Yes."))
        .isInstanceOf(OutcomeUnknown.class);
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void pagesAreFetchedLazilyWhereverTheLinkStands() {
    String base = server.url().toString();
    server.answer(
        200,
        "{\"@odata.nextLink\":\"" + base + "/things?$skiptoken=a%20b\",\"value\":[{\"n\":1}]}");
    server.answer(200, "{\"value\":[],\"@odata.nextLink\":\"" + base + "/things?$skiptoken=2\"}");
    server.answer(200, "{\"value\":[{\"n\":2},{\"n\":3}]}");

    var walk = graph.list("/things").iterator();
    var first = walk.next();
    int afterTheFirst = server.asked().size();
    List<JsonObject> rest = new ArrayList<>();
    walk.forEachRemaining(rest::add);

    assertThat(first.get("n").getAsInt()).isEqualTo(1);
    assertThat(afterTheFirst).isEqualTo(1);
    assertThat(rest).hasSize(2);
    assertThat(server.asked().get(1).target()).isEqualTo("/v1.0/things?$skiptoken=a%20b");
  }

  @Test
  void walkContinuesAfterAFailedPage() {
    server.answer(200, "{\"value\":[],\"@odata.nextLink\":\"" + server.url() + "/things?p=2\"}");
    server.answer(404, "").answer(200, "{\"value\":[{\"n\":2}]}");

    var walk = graph.list("/things").iterator();

    assertThatThrownBy(walk::hasNext).isInstanceOf(NotFound.class);
    assertThat(walk.next().get("n").getAsInt()).isEqualTo(2);
    assertThat(walk.hasNext()).isFalse();
  }

  @Test
  void nextPageOnAnotherHostIsNotRequested() throws IOException {
    try (ScriptedGraph other = new ScriptedGraph()) {
      server.answer(200, "{\"value\":[],\"@odata.nextLink\":\"" + other.url() + "/things\"}");

      assertThatThrownBy(() -> graph.list("/things").toList()).isInstanceOf(MalformedAnswer.class);
      assertThat(other.asked()).isEmpty();
    }
  }

  @Test
  void samePageAgainEndsTheWalk() {
    server.answer(200, "{\"value\":[],\"@odata.nextLink\":\"" + server.url() + "/things\"}");

    assertThatThrownBy(() -> graph.list("/things").toList()).isInstanceOf(MalformedAnswer.class);
  }

  @Test
  void circleOfEmptyPagesEndsTheWalk() {
    for (String next : List.of("b", "a")) {
      server.answer(
          200, "{\"value\":[],\"@odata.nextLink\":\"" + server.url() + "/" + next + "\"}");
    }

    assertThatThrownBy(() -> graph.list("/a").toList()).isInstanceOf(MalformedAnswer.class);
    assertThat(server.asked()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"2, 2", "3, 4", "5, 8", "9, 16"})
  void circleOfPagesEndsTheWalk(int pages, int walked) {
    for (int i = 1; i <= walked; i++) {
      String next = server.url() + "/things?p=" + i % pages;
      server.answer(200, "{\"value\":[{\"n\":1}],\"@odata.nextLink\":\"" + next + "\"}");
    }

    assertThatThrownBy(() -> graph.list("/things?p=0").toList())
        .isInstanceOf(MalformedAnswer.class)
        .hasMessageContaining("came before");
    assertThat(server.asked()).hasSize(walked);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void emptyNextLinkIsNone(String link) {
    server.answer(200, "{\"value\":[{\"n\":1}],\"@odata.nextLink\":\"" + link + "\"}");

    assertThat(graph.list("/things").toList()).hasSize(1);
  }

  @Test
  void nextLinkWithCharactersThatNoUriMayHoldIsFollowed() {
    String next = server.url() + "/things?$filter=a eq {b}|^c&d=50%&e=\\\"f\\\"";
    server.answer(200, "{\"value\":[],\"@odata.nextLink\":\"" + next + "\"}");
    server.answer(200, "{\"value\":[{\"n\":1}]}");

    assertThat(graph.list("/things").toList()).hasSize(1);
    assertThat(server.asked().get(1).target())
        .isEqualTo("/v1.0/things?$filter=a%20eq%20%7Bb%7D%7C%5Ec&d=50%25&e=%22f%22");
  }

  @Test
  void readThatTheServerDidNotWaitForIsRepeated() {
    server.answer(408, "").answer(200, ME);

    assertThat(graph.me().id()).isEqualTo("1");
    assertThat(time.waits()).hasSize(1);
  }

  @Test
  void serverThatNeverWaitsForTheRequestIsUnavailable() {
    for (int i = 0; i < 6; i++) {
      server.answer(408, "");
    }

    assertThatThrownBy(graph::me)
        .isInstanceOfSatisfying(GraphUnavailable.class, e -> assertThat(e.status()).isEqualTo(408));
  }

  @Test
  void pageOfMillionsOfEmptyItemsIsRejectedBeforeItFillsTheMemory() {
    server.answer(200, "{\"value\":[{}" + ",{}".repeat(500_000) + "]}");

    assertThatThrownBy(() -> graph.list("/things").toList())
        .isInstanceOf(MalformedAnswer.class)
        .hasMessageContaining("more than 500000 values");
  }

  @Test
  void errorOfTooManyValuesIsReportedByItsStatus() {
    server.answer(404, "{\"error\":{\"code\":\"x\",\"details\":[{}" + ",{}".repeat(10_000) + "]}}");

    assertThatThrownBy(graph::me)
        .isInstanceOfSatisfying(NotFound.class, e -> assertThat(e.error().code()).isNull());
  }

  @Test
  void redirectsAreNotFollowed() throws IOException {
    try (ScriptedGraph other = new ScriptedGraph()) {
      server.answer(302, "", "Location", other.url() + "/me");

      assertThatThrownBy(graph::me).isInstanceOf(MalformedAnswer.class);
      assertThat(other.asked()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://evil.example/v1.0/me", "//evil.example/me", "me", "/me?a b", "file:///x"})
  void rawCallsStayAtGraph(String path) {
    assertThatThrownBy(() -> graph.get(path)).isInstanceOf(IllegalArgumentException.class);
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void responsesAndFailuresArriveWhenTheApplicationFillsTheCommonPool() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.util.concurrent.ForkJoinPool.common.parallelism=3",
                "-cp",
                System.getProperty("java.class.path"),
                FullCommonPool.class.getName())
            .inheritIO()
            .start();

    boolean ended = process.waitFor(50, TimeUnit.SECONDS);

    process.destroyForcibly();
    assertThat(ended).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void timeToCreateTheHttpClientDoesNotCountAsIdle() throws Exception {
    HttpClient made = HttpClient.newHttpClient();
    GraphConfig slow =
        new GraphConfig(
            tokens,
            server.url(),
            () -> {
              parkFor(Duration.ofMillis(2_100));
              return made;
            },
            RetryPolicy.of(1, Duration.ofMinutes(1)),
            Duration.ofSeconds(2),
            Duration.ofMinutes(1),
            "test",
            ExchangeReports.NONE,
            time,
            Time.system());
    GraphHttp http = new GraphHttp(slow);
    server.answer(202, "");

    http.send(GraphCall.post("do something", http.uri(GraphPath.of("me"))));

    assertThat(server.asked()).hasSize(1);
  }

  private static void parkFor(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - end < 0) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  @Test
  void interruptEndsAHungRequest() throws Exception {
    var patient = GraphClient.builder(tokens).baseUrl(server.url()).build();
    server.hang();

    var seen = InterruptedCall.during(patient::me, () -> !server.asked().isEmpty());

    assertThat(seen).isInstanceOf(CancellationException.class);
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void interruptEndsAHungBody() throws Exception {
    var patient = GraphClient.builder(tokens).baseUrl(server.url()).build();
    CompletableFuture<Void> begun = new CompletableFuture<>();
    server.line(
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          begun.complete(null);
        });

    var seen = InterruptedCall.during(patient::me, begun::isDone);

    assertThat(seen).isInstanceOf(CancellationException.class);
  }

  private JsonObject post() {
    JsonObject body = new JsonObject();
    body.addProperty("text", "hello");
    return graph.post("/me/things", body, Map.of());
  }

  private static String challenge() {
    return challenge(CLAIMS);
  }

  private static String challenge(String claims) {
    String encoded = Base64.getEncoder().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
    return "Bearer realm=\"\", error=\"insufficient_claims\", claims=\"" + encoded + "\"";
  }
}
