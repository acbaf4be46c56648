package dev.latchkey.internal.signin;

import dev.latchkey.BrowserSignIn;
import dev.latchkey.HttpExchange.Kind;
import dev.latchkey.LoopbackRedirect;
import dev.latchkey.SignInResult;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.SignInExpired;
import dev.latchkey.internal.browser.BrowserPage;
import dev.latchkey.internal.browser.LoopbackServer;
import dev.latchkey.internal.concurrent.Futures;
import dev.latchkey.internal.error.Context;
import dev.latchkey.internal.error.OAuthErrorMapper;
import dev.latchkey.internal.http.TransportFailure;
import dev.latchkey.internal.oauth.Form;
import dev.latchkey.internal.oauth.Reply;
import dev.latchkey.internal.oauth.TokenResponse;
import dev.latchkey.internal.session.ClientConfig;
import dev.latchkey.internal.time.ExponentialDelay;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the browser, then redeems the code that it brings. What {@link AuthorizationResponse}
 * finds foreign is answered and forgotten: nobody else on this machine can end the sign-in.
 */
public final class RedirectedSignIn implements BrowserSignIn, LoopbackServer.Receiver {

  private static final Logger log = LoggerFactory.getLogger(RedirectedSignIn.class);
  private static final Context REDEEM = Context.of(Context.Request.AUTHORIZATION_CODE);

  /** A code lives for a minute or more, and the person has gone through the sign-in for it. */
  private static final Duration MAX_RETRY = Duration.ofSeconds(16);

  private static final ExponentialDelay RETRIES =
      new ExponentialDelay(Duration.ofSeconds(1), MAX_RETRY);

  private final URI uri;
  private final URI redirectUri;
  private final AuthorizationResponse expected;
  private final Form redemption;
  private final URI tokenEndpoint;
  private final LoopbackServer server;
  private final ClientConfig config;
  private final UnaryOperator<LatchkeyException> explained;
  private final SignInOutcome outcome;

  /** Ends the waiting for the browser; cancelled when the sign-in ends, or goes on without it. */
  private @Nullable CompletableFuture<Void> limit;

  /**
   * Creates a sign-in that does nothing before {@link #start()}.
   *
   * @param redemption the token request, which lacks the code only
   * @param explained makes of a failure what the caller needs
   */
  RedirectedSignIn(
      URI uri,
      URI redirectUri,
      AuthorizationResponse expected,
      Form redemption,
      URI tokenEndpoint,
      LoopbackServer server,
      ClientConfig config,
      UnaryOperator<LatchkeyException> explained,
      SignInCommit commit) {
    this.uri = uri;
    this.redirectUri = redirectUri;
    this.expected = expected;
    this.redemption = redemption;
    this.tokenEndpoint = tokenEndpoint;
    this.server = server;
    this.config = config;
    this.explained = explained;
    this.outcome = new SignInOutcome(config, commit);
  }

  /** Starts to wait, for the browser and for the time limit. */
  void start() {
    CompletableFuture<Void> timer = config.time().after(expiresIn());
    limit = timer;
    outcome.hold(timer, () -> outcome.fail(expired()));
    try {
      server.start(this);
    } catch (Error e) { // no thread is available
      timer.cancel(false);
      throw e;
    }
    Futures.then(timer, (over, cancelled) -> server.close());
  }

  private LatchkeyException expired() {
    return new SignInExpired(
        "Nobody finished the sign-in in the browser within " + expiresIn().toMinutes() + " minutes",
        null,
        "Sign in again; if the page in the browser showed an error, do what it says.",
        null);
  }

  @Override
  public LoopbackServer.Reaction received(String query) {
    LoopbackRedirect words = config.redirect();
    AuthorizationResponse.Meaning meaning = expected.meaning(query);
    if (meaning instanceof AuthorizationResponse.Code code) {
      log.debug("the browser brought a code");
      redemption.add("code", code.code());
      BrowserPage page = new BrowserPage(200, words.title(), words.finished());
      return new LoopbackServer.Reaction(page, () -> outcome.orEnd(() -> redeem(null)));
    }
    BrowserPage page = new BrowserPage(400, words.title(), words.failed());
    if (meaning instanceof AuthorizationResponse.Failed failed) {
      return new LoopbackServer.Reaction(
          page, () -> outcome.fail(explained.apply(failed.failure())));
    }
    log.debug("a request to the redirect URI does not belong to this sign-in");
    return new LoopbackServer.Reaction(page, null);
  }

  @Override
  public void broken(Throwable failure) {
    outcome.fail(SignInOutcome.unexpected(failure));
  }

  /** Sends the code, once; again only if it provably never left. */
  private void redeem(@Nullable Duration lastDelay) {
    if (limit != null) {
      limit.cancel(false);
    }
    CompletableFuture<Reply> call =
        outcome.begin(
            () ->
                config
                    .exchange()
                    .get()
                    .post(Kind.AUTHORIZATION_CODE, tokenEndpoint, redemption, Map.of()));
    if (call != null) {
      Futures.then(
          call, (reply, failure) -> outcome.orEnd(() -> redeemed(reply, failure, lastDelay)));
    }
  }

  private void redeemed(Reply reply, @Nullable Throwable failure, @Nullable Duration lastDelay) {
    if (failure == null) {
      log.debug("redeemed the code: {}", reply.describe());
      if (reply.ok()) {
        outcome.commit(TokenResponse.parse(reply), reply);
      } else {
        outcome.fail(explained.apply(OAuthErrorMapper.toException(reply, REDEEM)));
      }
    } else if (!(failure instanceof TransportFailure broken)) {
      outcome.fail(SignInOutcome.unexpected(failure));
    } else if (broken.neverLeft() && !MAX_RETRY.equals(lastDelay)) {
      Duration delay = RETRIES.after(lastDelay);
      outcome.hold(config.time().after(delay), () -> redeem(delay));
    } else {
      outcome.fail(OAuthErrorMapper.toException(broken, REDEEM));
    }
  }

  @Override
  public URI uri() {
    return uri;
  }

  @Override
  public URI redirectUri() {
    return redirectUri;
  }

  @Override
  public Duration expiresIn() {
    return config.redirect().limit();
  }

  @Override
  public SignInResult await() {
    return outcome.await();
  }

  @Override
  public CompletableFuture<SignInResult> result() {
    return outcome.result();
  }

  @Override
  public boolean cancel() {
    return outcome.cancel();
  }

  /** Leaves out the request, which is for this person only. */
  @Override
  public String toString() {
    return "BrowserSignIn[" + redirectUri + "]";
  }
}
