package dev.latchkey;

import dev.latchkey.error.LatchkeyException;
import dev.latchkey.store.EncryptedFileTokenStore;
import dev.latchkey.store.StoredRecord;
import dev.latchkey.store.TokenStore;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * All that a client does, with a server that quotes secrets back wherever it can: those of the
 * request, however short, and others, which must have the form of tokens to be recognized. And all
 * that can be seen of it: {@code toString}, exceptions with their causes and stack traces.
 */
final class SecretsStory {

  private static final String ISSUER = "https://id.example.com";

  private final Secrets secrets;
  private final boolean inHeadersToo;
  private final StringBuilder seen = new StringBuilder();
  private final ScriptedServer server;
  private final TokenStore store;
  private final FakeTime time = new FakeTime();
  private final PublicClient client;
  private @Nullable SignIn pending;
  private String deviceCode = "";
  private String refreshToken = "";

  SecretsStory(ScriptedServer server, Path directory, Secrets secrets, boolean inHeadersToo) {
    this.inHeadersToo = inHeadersToo;
    this.server = server;
    this.secrets = secrets;
    store = EncryptedFileTokenStore.open(directory, secrets.nextKey());
    PublicClientBuilder builder =
        PublicClient.builder()
            .authorizationServer(
                AuthorizationServer.of(
                    ISSUER, server.at("/device"), server.at("/token"), server.at("/revoke")))
            .clientId(SignInRun.CLIENT_ID)
            .scopes("Files.Read")
            .tokenStore(store)
            .time(time);
    client = builder.build();
    see(builder);
    see(client);
    see(store);
    see(store.description());
  }

  /** Tells it; what was seen. */
  String tell() throws Exception {
    failToBegin();
    failToFinish();
    Account account = signIn();
    refresh(account);
    failToRefresh(account);
    signOut(account);
    meetAWrongKey(account);
    return seen.toString();
  }

  private void failToBegin() {
    for (Answer answer : quoting(secrets.nextLong("device-code"))) {
      server.answer("/device", answer);
      attempt(client::beginSignIn);
    }
  }

  private void failToFinish() {
    for (int i = 0; i < quoting("").size(); i++) {
      begin();
      String unseen = secrets.nextLong("unseen-token");
      server.answer("/token", quoting(deviceCode + " " + unseen).get(i));
      server.answer("/token", Answer.error("access_denied"));
      finish();
    }
    begin();
    String bad = secrets.next(Jwt.claims("https://other.example"));
    server.answer("/token", Answer.json(200, tokens().with("id_token", bad)));
    finish();
    begin();
    server.answer("/token", Answer.json(200, tokens().with("id_token", secrets.next("no-jwt"))));
    finish();
    begin();
    server.answer("/token", Answer.json(200, tokens().with("token_type", secrets.next("mac"))));
    finish();
    begin().cancel();
  }

  private Account signIn() {
    begin();
    server.answer("/token", Answer.json(200, signedInTokens()));
    SignedIn signedIn = finish();
    if (signedIn == null) {
      throw new AssertionError("not signed in: " + seen);
    }
    see(signedIn.account());
    see(signedIn.token());
    see(signedIn.token().scopes());
    see(client.accounts());
    see(client.status(signedIn.account()));
    see(client.tokens(signedIn.account()));
    for (String key : store.keys()) {
      StoredRecord record = store.read(key);
      see(record);
    }
    return signedIn.account();
  }

  private void refresh(Account account) {
    TokenSource tokens = client.tokens(account);
    see(attempt(tokens::get));
    time.advance(Duration.ofHours(2));
    server.answer("/token", Answer.json(200, signedInTokens()));
    see(attempt(tokens::get));
    server.answer("/token", Answer.json(200, signedInTokens()));
    see(attempt(() -> tokens.get("{\"access_token\":{}}")));
    server.answer("/token", Answer.json(200, signedInTokens()));
    see(attempt(() -> client.tokens(account, List.of("Mail.Read")).get()));
  }

  private void failToRefresh(Account account) {
    TokenSource tokens = client.tokens(account);
    for (Answer answer : quoting(refreshToken + " " + secrets.nextLong("unseen-token"))) {
      time.advance(Duration.ofHours(2)); // past the token, and past the pause after a failure
      server.answer("/token", answer);
      attempt(tokens::get);
    }
    time.advance(Duration.ofHours(2));
    Body refusal = new Body().with("error", "invalid_grant");
    String words = "Invalid refresh token: " + refreshToken;
    server.answer("/token", Answer.json(400, refusal.with("error_description", words)));
    attempt(tokens::get);
    see(client.status(account));
  }

  private void signOut(Account account) {
    server.answer("/revoke", Answer.reset());
    see(attempt(() -> client.signOut(account)));
    begin();
    server.answer("/token", Answer.json(200, signedInTokens()));
    SignedIn again = finish();
    server.answer("/revoke", Answer.json(503, new Body().with("error", refreshToken)));
    see(attempt(() -> client.signOut(again == null ? account : again.account())));
    attempt(() -> client.tokens(account).get());
  }

  private void meetAWrongKey(Account account) throws Exception {
    begin();
    server.answer("/token", Answer.json(200, signedInTokens()));
    finish();
    Path directory = Path.of(store.description().replaceFirst("^.* in ", ""));
    attempt(() -> EncryptedFileTokenStore.open(directory, secrets.nextKey()));
    attempt(() -> EncryptedFileTokenStore.open(directory, new byte[31]));
    attempt(() -> store.write("UPPER", secrets.next("content"), null));
    attempt(() -> client.beginSignIn(SignInOptions.NONE.withAccount(account.id() + "/")));
  }

  /** Every way in which a server, or what stands in its place, could say something. */
  private List<Answer> quoting(String secret) {
    List<Answer> answers = new ArrayList<>(quotingInBodies(secret));
    if (inHeadersToo) {
      answers.addAll(quotingInHeaders(secret));
    }
    return answers;
  }

  private static List<Answer> quotingInBodies(String secret) {
    Body error = new Body().with("error", "server_error");
    List<Answer> answers = new ArrayList<>();
    answers.add(Answer.json(400, error.with("error_description", "What is " + secret + "?")));
    answers.add(Answer.json(503, error.with("error_description", secret)));
    String padding = "word ".repeat(395); // so that the limit cuts through the secret
    answers.add(Answer.json(400, error.with("error_description", padding + secret)));
    answers.add(Answer.page(500, "text/html", "<p>" + secret));
    answers.add(Answer.page(200, "text/plain", secret));
    answers.add(Answer.json(200, "{\"access_token\":\"" + secret));
    answers.add(Answer.json(200, "{\"" + secret + "\":1,\"" + secret + "\":2}"));
    answers.add(Answer.json(200, "{\"interval\":\"" + secret + "\"}"));
    answers.add(Answer.truncated(200, "{\"access_token\":\"" + secret + "\""));
    answers.add(Answer.reset());
    return answers;
  }

  private static List<Answer> quotingInHeaders(String secret) {
    List<Answer> answers = new ArrayList<>();
    answers.add(Answer.page(500, "text/html", "", "Set-Cookie: s=" + secret));
    answers.add(Answer.page(302, "text/plain", "", "Location: https://example.com/" + secret));
    answers.add(Answer.raw("HTTP/1.1 " + secret + "\r\n\r\n"));
    answers.add(Answer.raw("{\"access_token\":\"" + secret + "\"}\r\n\r\n"));
    answers.add(Answer.raw("HTTP/1.1 200 OK\r\n" + secret + "\r\n\r\n"));
    answers.add(Answer.raw("HTTP/1.1 200 OK\r\nContent-Length: " + secret + "\r\n\r\n{}"));
    answers.add(
        Answer.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + secret + "\r\n"));
    answers.add(
        Answer.raw(
            "HTTP/1.1 503 Busy\r\nRetry-After: " + secret + "\r\nDate: " + secret + "\r\n\r\n"));
    return answers;
  }

  private SignIn begin() {
    deviceCode = secrets.next("device-code");
    server.answer("/device", Answer.json(200, Body.device().with("device_code", deviceCode)));
    SignIn signIn = client.beginSignIn();
    see(signIn);
    see(signIn.deviceAuthorization());
    pending = signIn;
    return signIn;
  }

  private @Nullable SignedIn finish() {
    SignIn signIn = pending;
    if (signIn == null) {
      throw new AssertionError("none was begun");
    }
    var result = signIn.result();
    while (!result.isDone()) {
      time.finishNextWait(result);
    }
    see(result);
    SignedIn signedIn = attempt(signIn::await);
    see(signIn);
    see(signedIn);
    return signedIn;
  }

  private Body tokens() {
    refreshToken = secrets.next("refresh-token");
    return new Body()
        .with("access_token", secrets.next("access-token"))
        .with("token_type", "Bearer")
        .with("expires_in", 3600)
        .with("refresh_token", refreshToken);
  }

  private Body signedInTokens() {
    long exp = FakeTime.START.plus(Duration.ofDays(30)).getEpochSecond();
    return tokens().with("id_token", secrets.next(Jwt.claims(ISSUER).with("exp", exp)));
  }

  private <T> @Nullable T attempt(Callable<T> call) {
    try {
      return call.call();
    } catch (Exception e) {
      see(e);
      return null;
    }
  }

  private void see(@Nullable Object object) {
    seen.append(object).append('\n');
    if (object instanceof Throwable thrown) {
      StringWriter trace = new StringWriter();
      thrown.printStackTrace(new PrintWriter(trace));
      seen.append(trace);
    }
    if (object instanceof LatchkeyException failure) {
      seen.append(failure.oauthError()).append('\n').append(failure.remedy()).append('\n');
    }
  }
}
