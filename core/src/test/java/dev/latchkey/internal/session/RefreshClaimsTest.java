package dev.latchkey.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.TokenSource;
import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.SignInRequired.Reason;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.Crowd;
import dev.latchkey.fixture.Failures;
import dev.latchkey.fixture.Gate;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.RotatingServer;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.internal.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A resource server requires claims: they go with a refresh, whatever is in memory. */
class RefreshClaimsTest {

  private static final Account ALICE = RefreshRun.account();
  private static final String CLAIMS =
      "{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"1\"}}}";

  private static final String CLAIMS_SPACED =
      "{ \"access_token\": { \"nbf\": { \"essential\": true, \"value\": \"1\" } } }";

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final RefreshRun run = new RefreshRun(server).signedIn();
  private final RotatingServer rotating = new RotatingServer();
  private final TokenSource tokens = run.tokens();

  @Test
  void claimsAreSentAlthoughTheTokenIsFresh() {
    server.answerBy("/token", rotating);
    AccessToken known = tokens.get();

    AccessToken token = tokens.getWithClaims(CLAIMS);

    assertThat(token.value()).isEqualTo("access-1").isNotEqualTo(known.value());
    assertThat(rotating.redemptions().get(0)).containsEntry("claims", CLAIMS);
    assertThat(tokens.get().value()).isEqualTo("access-1");
  }

  @Test
  void claimsAreMergedWithTheClientsCapabilities() {
    server.answerBy("/token", rotating);
    TokenSource capable = run.client(builder -> builder.clientCapabilities("cp1")).tokens(ALICE);

    AccessToken unused = capable.getWithClaims(CLAIMS);

    assertThat(Json.object(rotating.redemptions().get(0).getOrDefault("claims", "")))
        .isEqualTo(
            Json.object(
                "{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"1\"},"
                    + "\"xms_cc\":{\"values\":[\"cp1\"]}}}"));
  }

  @Test
  void capabilitiesGoWithEveryRefresh() {
    server.answerBy("/token", rotating);
    run.time.advance(RefreshRun.HOUR);

    AccessToken unused =
        run.client(builder -> builder.clientCapabilities("cp1")).tokens(ALICE).get();
    run.time.advance(RefreshRun.HOUR);
    unused = tokens.get();

    assertThat(rotating.redemptions().get(0))
        .containsEntry("claims", "{\"access_token\":{\"xms_cc\":{\"values\":[\"cp1\"]}}}");
    assertThat(rotating.redemptions().get(1)).doesNotContainKey("claims");
  }

  @Test
  void callersWithTheSameClaimsShareARefreshWhateverTheWhiteSpace() throws Exception {
    Gate gate = new Gate();
    server.answerBy("/token", request -> rotating.apply(request).after(gate::pass));
    var one = Crowd.alone(() -> tokens.getWithClaims(CLAIMS));
    server.awaitRequests("/token", 1);

    var other = Crowd.alone(() -> tokens.getWithClaims(" " + CLAIMS.replace(":", " : ")));
    gate.open();

    assertThat(one.join().value()).isEqualTo("access-1");
    assertThat(other.join().value()).startsWith("access-");
    assertThat(rotating.reuses()).isZero();
  }

  @Test
  void claimsThatOnlyThePersonCanSatisfyAreCarriedIntoTheNextSignIn() {
    server.answer("/token", Answer.json(400, new Body().with("error", "interaction_required")));
    server.answer("/device", Answer.json(200, Body.device()));

    SignInRequired why = Failures.of(SignInRequired.class, () -> tokens.getWithClaims(CLAIMS));
    boolean cancelled = run.client().beginSignIn(why).cancel();

    assertThat(why.claims()).isEqualTo(CLAIMS);
    assertThat(why.accountId()).isEqualTo(ALICE.id());
    assertThat(cancelled).isTrue();
    assertThat(server.requests("/device").get(0).form()).containsEntry("claims", CLAIMS);
  }

  @Test
  void claimsThatTheServerNamesTakePrecedence() {
    String others = "{\"access_token\":{\"polids\":{\"essential\":true}}}";
    server.answer(
        "/token",
        Answer.json(
            400,
            new Body()
                .with("error", "invalid_grant")
                .with("error_codes", List.of(50076))
                .with("claims", others)));

    SignInRequired why = Failures.of(SignInRequired.class, () -> tokens.getWithClaims(CLAIMS));

    assertThat(why.reason()).isEqualTo(Reason.CLAIMS_CHALLENGE);
    assertThat(why.claims()).isEqualTo(others);
  }

  @Test
  void refusedClaimsDoNotEndTheSession() {
    server.answer(
        "/token",
        Answer.json(
            400, new Body().with("error", "invalid_grant").with("error_codes", List.of(50076))));
    AccessToken known = tokens.get();

    SignInRequired unused = Failures.of(SignInRequired.class, () -> tokens.getWithClaims(CLAIMS));

    assertThat(tokens.get()).isEqualTo(known);
    assertThat(run.stored().ended()).isNull();
    assertThat(run.heard.lines()).isEmpty();
  }

  @Test
  void refusedClaimsDoNotDelayCallersWithoutClaims() {
    run.time.advance(RefreshRun.HOUR);
    server.answer(
        "/token",
        Answer.json(400, new Body().with("error", "interaction_required")),
        Answer.json(200, Body.tokens()));

    SignInRequired refused = Failures.of(SignInRequired.class, () -> tokens.getWithClaims(CLAIMS));
    SignInRequired again = Failures.of(SignInRequired.class, () -> tokens.getWithClaims(CLAIMS));

    assertThat(again).isSameAs(refused);
    assertThat(tokens.get().value()).isEqualTo(Body.ACCESS_TOKEN);
    assertThat(server.requests("/token")).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "\"text\"", "{", "eyJhIjoxfQ=="})
  void textThatIsNotAJsonObjectIsRejectedBeforeAnyRequest(String claims) {
    AccessToken known = tokens.get();

    assertThatIllegalArgumentException().isThrownBy(() -> tokens.getWithClaims(claims));
    assertThatIllegalArgumentException().isThrownBy(() -> tokens.replace(known, claims));
    assertThat(tokens.get()).isEqualTo(known);
  }

  @ParameterizedTest
  @CsvSource(
      value = {"none", "{\"access_token\":{}}"},
      nullValues = "none",
      delimiter = ';')
  void rejectedTokenIsReplacedOnceForAllCallers(@Nullable String claims) {
    server.answerBy("/token", rotating);
    AccessToken rejected = tokens.get();

    List<Object> all = new Crowd().add(64, () -> tokens.replace(rejected, claims)).go();

    assertThat(all).extracting(token -> ((AccessToken) token).value()).containsOnly("access-1");
    assertThat(rotating.redemptions()).hasSize(1);
    assertThat(tokens.get().value()).isEqualTo("access-1");
  }

  @ParameterizedTest
  @CsvSource(
      value = {"none; none", CLAIMS + "; none", CLAIMS + "; " + CLAIMS_SPACED},
      nullValues = "none",
      delimiter = ';',
      quoteCharacter = '`')
  void tokenThatWasReplacedAlreadyCostsNoRefresh(
      @Nullable String claims, @Nullable String lateClaims) {
    server.answerBy("/token", rotating);
    AccessToken rejected = tokens.get();
    AccessToken replaced = tokens.replace(rejected, claims);

    AccessToken late = tokens.replace(rejected, lateClaims);

    assertThat(late.value()).isEqualTo(replaced.value());
    assertThat(rotating.redemptions()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      value = {"none", "{\"access_token\":{}}"},
      nullValues = "none",
      delimiter = ';',
      quoteCharacter = '`')
  void claimsAreSentAlthoughSomebodyReplacedTheTokenWithoutThem(@Nullable String others) {
    server.answerBy("/token", rotating);
    AccessToken rejected = tokens.get();
    AccessToken replaced = tokens.replace(rejected, others);

    AccessToken late = tokens.replace(rejected, CLAIMS);

    assertThat(replaced.value()).isEqualTo("access-1");
    assertThat(late.value()).isEqualTo("access-2");
    assertThat(rotating.redemptions().get(1)).containsEntry("claims", CLAIMS);
    assertThat(tokens.get().value()).isEqualTo("access-2");
  }

  @Test
  void claimsAreSentAlthoughAnEarlyRefreshReplacedTheTokenMeanwhile() throws Exception {
    server.answerBy("/token", rotating);
    AccessToken rejected = tokens.get();
    run.time.advance(Duration.ofMinutes(56));
    AccessToken unused = tokens.get();
    run.workers.awaitIdle();

    AccessToken late = tokens.replace(rejected, CLAIMS);

    assertThat(late.value()).isEqualTo("access-2");
    assertThat(rotating.redemptions().get(1)).containsEntry("claims", CLAIMS);
  }

  @Test
  void tokenThatAnotherProcessReplacedAlreadyCostsARefreshOnlyIfThereAreClaims() {
    AccessToken rejected = tokens.get();
    run.put(run.refreshedByAnother("refresh-x", "access-x"));
    server.answer("/token", Answer.json(200, Body.tokens()));

    AccessToken adopted = tokens.replace(rejected, null);
    AccessToken withClaims = tokens.replace(rejected, CLAIMS);

    assertThat(adopted.value()).isEqualTo("access-x");
    assertThat(withClaims.value()).isEqualTo(Body.ACCESS_TOKEN);
    assertThat(server.requests("/token").get(0).form())
        .containsEntry("refresh_token", "refresh-x")
        .containsEntry("claims", CLAIMS);
  }

  @Test
  void rejectedTokenIsNotTakenFromTheStoreAgain() {
    server.answer("/token", Answer.html(503), Answer.json(200, Body.tokens()));
    AccessToken rejected = tokens.get();

    ServiceUnavailable unused =
        Failures.of(ServiceUnavailable.class, () -> tokens.replace(rejected, null));
    ServiceUnavailable down = Failures.of(ServiceUnavailable.class, tokens::get);
    run.time.advance(Duration.ofSeconds(1));

    assertThat(Objects.requireNonNull(down.retryAfter())).isEqualTo(Duration.ofSeconds(1));
    assertThat(tokens.get().value()).isEqualTo(Body.ACCESS_TOKEN);
  }

  @Test
  void serverThatInsistsOnTheRejectedTokenCausesNoFlood() {
    Body same = Body.tokens().with("access_token", RefreshRun.ACCESS_TOKEN);
    server.answer("/token", Answer.json(200, same));
    AccessToken rejected = tokens.get();

    AccessToken replaced = tokens.replace(rejected, null);

    assertThat(replaced.value()).isEqualTo(rejected.value());
    for (int i = 0; i < 100; i++) {
      assertThat(tokens.get().value()).isEqualTo(rejected.value());
    }
    assertThat(server.requests("/token")).hasSize(1);
  }

  @Test
  void lateRejectionOfAnOlderTokenDoesNotBringTheNewerRejectedOneBack() {
    server.answerBy("/token", rotating);
    AccessToken oldest = tokens.get();
    AccessToken older = tokens.replace(oldest, null);
    server.answer("/token", Answer.html(503));
    ServiceUnavailable unused =
        Failures.of(ServiceUnavailable.class, () -> tokens.replace(older, null));
    run.time.advance(Duration.ofSeconds(1));

    AccessToken late = tokens.replace(oldest, null);

    assertThat(late.value()).isEqualTo("access-2");
    assertThat(tokens.get().value()).isEqualTo("access-2");
  }
}
