package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.AppMisconfigured;
import dev.latchkey.error.SignInDeclined;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.BrowserRun;
import dev.latchkey.fixture.Gate;
import dev.latchkey.fixture.PlainBrowser;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.fixture.SignInRun;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The calls that block nobody. */
@Timeout(60)
class AsyncCallsTest {

  private static final Account ALICE = RefreshRun.account();

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final RefreshRun run = new RefreshRun(server);

  /** What {@code handle} sees. */
  private static @Nullable Throwable failureOf(CompletableFuture<?> future) {
    return future.<@Nullable Throwable>handle((value, failure) -> failure).join();
  }

  @Test
  void tokenInMemoryIsThereAtOnce() {
    TokenSource tokens = run.signedIn().tokens();
    AccessToken known = tokens.get();

    CompletableFuture<AccessToken> again = tokens.getAsync();

    assertThat(again).isCompletedWithValue(tokens.get());
    assertThat(again.join().value()).isEqualTo(known.value());
  }

  @Test
  void cancelledCallHarmsNobodyElse() throws Exception {
    Gate gate = new Gate();
    server.answer("/token", Answer.json(200, Body.tokens()).after(gate::pass));
    TokenSource tokens = run.expired().tokens();

    CompletableFuture<AccessToken> first = tokens.getAsync();
    CompletableFuture<AccessToken> second = tokens.getAsync();
    server.awaitRequests("/token", 1);
    boolean cancelled = first.cancel(true);
    gate.open();

    assertThat(cancelled).isTrue();
    assertThat(second.join().value()).isEqualTo(Body.ACCESS_TOKEN);
    assertThat(server.requests("/token")).hasSize(1);
  }

  @Test
  void failureIsTheTypedExceptionItself() {
    server.answer("/token", Answer.error("invalid_grant"));
    TokenSource tokens = run.expired().tokens();

    CompletableFuture<AccessToken> future = tokens.getAsync();

    assertThat(failureOf(future)).isExactlyInstanceOf(SignInRequired.class);
    assertThatThrownBy(future::join)
        .isExactlyInstanceOf(CompletionException.class)
        .hasCauseExactlyInstanceOf(SignInRequired.class);
  }

  @Test
  void claimsAndRejectedTokensGoTheSameWay() {
    server.answerAlways("/token", Answer.json(200, Body.tokens()));
    TokenSource tokens = run.signedIn().tokens();
    AccessToken known = tokens.get();

    AccessToken withClaims = tokens.getAsync("{\"a\":1}").join();
    AccessToken replaced = tokens.replaceAsync(known, null).join();

    assertThat(server.requests("/token").get(0).form()).containsEntry("claims", "{\"a\":1}");
    assertThat(withClaims.value()).isEqualTo(Body.ACCESS_TOKEN);
    assertThat(replaced.value()).isEqualTo(Body.ACCESS_TOKEN);
    assertThatIllegalArgumentException().isThrownBy(() -> tokens.getAsync("[]"));
  }

  /** One worker: a continuation on it would wait for itself. */
  @Test
  void continuationMayBlockOnTheClient() {
    server.answerAlways("/token", Answer.json(200, Body.tokens()));
    run.expired();
    ExecutorService one = Executors.newSingleThreadExecutor();
    PublicClient client = run.client(builder -> builder.executor(one));

    String other =
        client
            .tokens(ALICE)
            .getAsync()
            .thenApply(token -> client.tokens(ALICE, List.of("User.Read b")).get().value())
            .join();
    one.shutdown();

    assertThat(other).isEqualTo(Body.ACCESS_TOKEN);
  }

  /** The server hangs, and the application's executor has no thread. */
  @Test
  void signInBeginsWithoutAFreeThreadAndEndsAtOnceWhenItIsCancelled() throws Exception {
    server.answer("/device", Answer.hang());
    PublicClient client = run.client(builder -> builder.executor(task -> {}));

    CompletableFuture<SignIn> begun = client.beginSignInAsync();
    server.awaitRequests("/device", 1);
    boolean early = begun.isDone();
    boolean cancelled = begun.cancel(true);
    server.awaitQuiet(); // the client has hung up

    assertThat(early).isFalse();
    assertThat(cancelled).isTrue();
    assertThat(failureOf(begun)).isInstanceOf(CancellationException.class);
  }

  @Test
  void signInThatCannotBeginFailsWithTheTypedExceptionItself() {
    server.answer("/device", Answer.error("invalid_client"));

    CompletableFuture<SignIn> begun = run.client().beginSignInAsync();

    assertThat(failureOf(begun)).isExactlyInstanceOf(AppMisconfigured.class);
  }

  /** The server hangs at its metadata, and the application's executor has no thread. */
  @Test
  void signInWithABrowserBeginsWithoutAFreeThreadAndEndsWhenItIsCancelled() throws Exception {
    Gate gate = new Gate();
    server.answer(
        "/.well-known/openid-configuration", Answer.json(200, metadata()).after(gate::pass));
    PublicClient client =
        run.client(
            builder ->
                builder
                    .authorizationServer(AuthorizationServer.discover(server.at("")))
                    .executor(task -> {}));

    CompletableFuture<BrowserSignIn> begun = client.beginBrowserSignInAsync();
    CompletableFuture<BrowserSignIn> other = client.beginBrowserSignInAsync();
    server.awaitRequests("/.well-known/openid-configuration", 1);
    boolean early = begun.isDone();
    boolean cancelled = begun.cancel(true);
    gate.open();

    assertThat(early).isFalse();
    assertThat(cancelled).isTrue();
    assertThat(failureOf(begun)).isInstanceOf(CancellationException.class);
    BrowserSignIn signIn = other.join();
    assertThat(signIn.uri().toString()).startsWith(server.at("/authorize").toString());
    assertThat(signIn.cancel()).isTrue();
    PlainBrowser.awaitNobody(signIn.redirectUri());
  }

  private Body metadata() {
    return new Body()
        .with("issuer", server.at("").toString())
        .with("authorization_endpoint", server.at("/authorize").toString())
        .with("token_endpoint", server.at("/token").toString());
  }

  @Test
  void signInWithABrowserThatCannotBeginFailsWithTheTypedExceptionItself() {
    CompletableFuture<BrowserSignIn> begun = run.client().beginBrowserSignInAsync();

    assertThat(failureOf(begun)).isExactlyInstanceOf(AppMisconfigured.class);
  }

  @Test
  void claimsOfAnExceptionGoIntoTheSignInWithABrowser() {
    SignInRequired why =
        new SignInRequired(
            SignInRequired.Reason.CLAIMS_CHALLENGE, "{\"a\":1}", null, "over", null, null, null);

    BrowserSignIn signIn = new BrowserRun(server).client().beginBrowserSignInAsync(why).join();

    assertThat(BrowserRun.requested(signIn)).containsEntry("claims", "{\"a\":1}");
    signIn.cancel();
  }

  @Test
  void resultOfASignInFailsWithTheTypedExceptionItself() {
    server
        .answer("/device", Answer.json(200, Body.device()))
        .answer("/token", Answer.error("access_denied"));
    SignInRun person = new SignInRun(server);
    SignIn signIn = person.client().beginSignInAsync().join();
    person.finish(signIn);

    assertThat(failureOf(signIn.result())).isExactlyInstanceOf(SignInDeclined.class);
    assertThat(failureOf(signIn.result().thenApply(SignInResult::account)))
        .isExactlyInstanceOf(CompletionException.class)
        .hasCauseExactlyInstanceOf(SignInDeclined.class);
  }

  @Test
  void testDoubleOfAnApplicationNeedsNoAsynchronousCalls() {
    SignInRequired over =
        new SignInRequired(SignInRequired.Reason.EXPIRED, null, null, "over", null, null, null);
    TokenSource own =
        new TokenSource() {
          @Override
          public AccessToken get() {
            throw over;
          }

          @Override
          public AccessToken getWithClaims(String claims) {
            throw over;
          }

          @Override
          public AccessToken replace(AccessToken rejected, @Nullable String claims) {
            return rejected;
          }

          @Override
          public Account account() {
            return ALICE;
          }
        };
    AccessToken token = run.signedIn().tokens().get();

    assertThat(Objects.requireNonNull(failureOf(own.getAsync()))).isSameAs(over);
    assertThat(Objects.requireNonNull(failureOf(own.getAsync("{}")))).isSameAs(over);
    assertThat(own.replaceAsync(token, null).join()).isSameAs(token);
  }
}
