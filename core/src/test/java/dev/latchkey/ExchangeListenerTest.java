package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.latchkey.HttpExchange.Kind;
import dev.latchkey.error.SignInCancelled;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.BrowserRun;
import dev.latchkey.fixture.DeadProxy;
import dev.latchkey.fixture.FakeTime;
import dev.latchkey.fixture.Gate;
import dev.latchkey.fixture.HeardExchanges;
import dev.latchkey.fixture.Jwt;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.fixture.SignInRun;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a listener learns of the exchanges with an authorization server. */
class ExchangeListenerTest {

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final HeardExchanges heard = new HeardExchanges();

  @Test
  void everyKindOfRequestIsTold() throws Exception {
    server
        .answer("/realm/.well-known/openid-configuration", Answer.json(200, metadata()))
        .answer("/device", Answer.json(200, Body.device()))
        .answer("/token", Answer.error("authorization_pending"))
        .answer("/token", Answer.json(200, tokens()))
        .answer("/token", Answer.json(200, tokens().with("access_token", "access-2")))
        .answer("/revoke", Answer.page(200, "text/plain", ""));
    SignInRun run =
        new SignInRun(
            PublicClient.builder()
                .authorizationServer(AuthorizationServer.discover(server.at("/realm")))
                .exchangeListener(heard));

    Account account = run.toSuccess().account();
    TokenSource tokens = run.client().tokens(account);
    AccessToken unused = tokens.replace(tokens.get(), null);
    SignOutResult signedOut = run.client().signOut(account);

    assertThat(signedOut.revocation()).isEqualTo(SignOutResult.Revocation.CONFIRMED);
    assertThat(heard.await(6))
        .containsExactly(
            "METADATA 127.0.0.1 200 #1",
            "DEVICE_AUTHORIZATION 127.0.0.1 200 #1",
            "POLL 127.0.0.1 400 #1",
            "POLL 127.0.0.1 200 #1",
            "REFRESH 127.0.0.1 200 #1",
            "REVOCATION 127.0.0.1 200 #1");
  }

  @Test
  void redeemedCodeOfABrowserIsTold() throws Exception {
    PublicClient client =
        ClientSeams.builder(new FakeTime())
            .authorizationServer(
                AuthorizationServer.of(
                    BrowserRun.ISSUER,
                    server.at("/device"),
                    server.at("/authorize"),
                    server.at("/token"),
                    null))
            .clientId(SignInRun.CLIENT_ID)
            .exchangeListener(heard)
            .build();
    BrowserSignIn signIn = client.beginBrowserSignIn();
    server.answer("/token", Answer.json(200, BrowserRun.tokens(signIn)));

    String unused = BrowserRun.approve(signIn);
    Account account = signIn.await().account();

    assertThat(account.subject()).isNotNull();
    assertThat(heard.await(1)).containsExactly("AUTHORIZATION_CODE 127.0.0.1 200 #1");
  }

  @Test
  void requestWithoutAResponseHasNoStatus() throws Exception {
    server
        .answer("/device", Answer.json(200, Body.device()))
        .answer("/token", Answer.reset())
        .answer("/token", Answer.truncated(200, Body.tokens()))
        .answer("/token", Answer.json(200, Body.tokens()));

    SignInResult unused = new SignInRun(builder()).toSuccess();

    assertThat(heard.await(4))
        .containsExactly(
            "DEVICE_AUTHORIZATION 127.0.0.1 200 #1",
            "POLL 127.0.0.1 - #1",
            "POLL 127.0.0.1 - #1",
            "POLL 127.0.0.1 200 #1");
  }

  @Test
  void requestThatIsSentAgainIsTheSecondAttempt() throws Exception {
    server.answer("/token", Answer.json(200, Body.tokens()));
    RefreshRun run = new RefreshRun(server);
    DeadProxy proxy = new DeadProxy(1);
    PublicClient client = run.client(builder -> proxy.use(builder).exchangeListener(heard));
    run.signedIn();
    run.time.advance(RefreshRun.HOUR.multipliedBy(2));

    AccessToken unused = client.tokens(client.accounts().get(0)).get();

    assertThat(heard.await(2))
        .containsExactly("REFRESH 127.0.0.1 - #1", "REFRESH 127.0.0.1 200 #2");
  }

  @Test
  void cancelledRequestIsToldWithoutAStatus() throws Exception {
    server.answer("/device", Answer.json(200, Body.device())).answer("/token", Answer.hang());
    SignInRun run = new SignInRun(builder());
    SignIn signIn = run.client().beginSignIn();
    run.time.finishNextWait(signIn.result());
    var unused = server.awaitRequests("/token", 1);

    assertThat(signIn.cancel()).isTrue();

    assertThat(catchThrowableOfType(SignInCancelled.class, signIn::await)).isNotNull();
    assertThat(heard.await(2)).endsWith("POLL 127.0.0.1 - #1");
  }

  @Test
  void durationIsThatOfTheExchange() throws Exception {
    SignInRun run = new SignInRun(builder());
    server
        .answer(
            "/device",
            Answer.json(200, Body.device()).after(() -> run.time.advance(Duration.ofSeconds(3))))
        .answer("/token", Answer.json(200, Body.tokens()));

    SignInResult unused = run.toSuccess();

    assertThat(heard.exchanges(2))
        .extracting(HttpExchange::kind, HttpExchange::duration)
        .contains(tuple(Kind.DEVICE_AUTHORIZATION, Duration.ofSeconds(3)));
  }

  @Test
  void listenerThatHangsHoldsUpNobody() throws Exception {
    Gate gate = new Gate();
    server
        .answer("/device", Answer.json(200, Body.device()))
        .answer("/token", Answer.json(200, Body.tokens()))
        .answer("/token", Answer.json(200, Body.tokens().with("access_token", "access-2")));
    SignInRun run =
        new SignInRun(
            builder()
                .exchangeListener(
                    exchange -> {
                      gate.pass();
                      heard.ended(exchange);
                    }));

    Account account = run.toSuccess().account();
    gate.awaitArrival();
    TokenSource tokens = run.client().tokens(account);
    AccessToken second = tokens.replace(tokens.get(), null);
    gate.open();

    assertThat(second.value()).isEqualTo("access-2");
    assertThat(heard.await(3)).endsWith("REFRESH 127.0.0.1 200 #1");
  }

  @Test
  void listenerThatThrowsIsToldTheNextExchange() throws Exception {
    server
        .answer("/device", Answer.json(200, Body.device()))
        .answer("/token", Answer.json(200, Body.tokens()));
    SignInRun run =
        new SignInRun(
            builder()
                .exchangeListener(
                    exchange -> {
                      heard.ended(exchange);
                      throw new IllegalStateException("a bug of the listener");
                    }));

    SignInResult unused = run.toSuccess();

    assertThat(heard.await(2)).endsWith("POLL 127.0.0.1 200 #1");
  }

  @Test
  void noSecretAndNoAddressIsTold() throws Exception {
    server
        .answer("/device", Answer.json(200, Body.device()))
        .answer("/token", Answer.json(200, Body.tokens()));
    SignInRun run =
        new SignInRun(
            PublicClient.builder()
                .authorizationServer(
                    AuthorizationServer.of(
                        null, server.at("/device?key=1"), server.at("/token?key=2"), null))
                .exchangeListener(heard));

    SignInResult unused = run.toSuccess();

    assertThat(heard.exchanges(2))
        .extracting(HttpExchange::toString)
        .noneMatch(text -> text.contains("key") || text.contains("/"))
        .noneMatch(text -> text.contains(Body.DEVICE_CODE) || text.contains(Body.ACCESS_TOKEN));
  }

  private PublicClientBuilder builder() {
    return PublicClient.builder()
        .authorizationServer(server.authorizationServer())
        .exchangeListener(heard);
  }

  private Body metadata() {
    return new Body()
        .with("issuer", server.at("/realm").toString())
        .with("device_authorization_endpoint", server.at("/device").toString())
        .with("token_endpoint", server.at("/token").toString())
        .with("revocation_endpoint", server.at("/revoke").toString());
  }

  private Body tokens() {
    String issuer = server.at("/realm").toString();
    return Body.tokens().with("id_token", Jwt.of(Jwt.claims(issuer)));
  }
}
