package dev.latchkey.internal.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.*;
import dev.latchkey.error.AppMisconfigured;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.Gate;
import dev.latchkey.fixture.Jwt;
import dev.latchkey.fixture.OtherThread;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.fixture.SignInRun;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server is asked for its metadata once. */
class DiscoveredEndpointsTest {

  private static final String OPENID = "/r/.well-known/openid-configuration";
  private static final String RFC_8414 = "/.well-known/oauth-authorization-server/r";
  private static final Answer DEVICE = Answer.json(200, Body.device());

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final SignInRun run = new SignInRun(discovering());

  @Test
  void metadataIsFetchedByTheFirstSignInAndKept() {
    server.answer(OPENID, Answer.json(200, metadata()));
    server.answer("/device", DEVICE, DEVICE);

    List<Boolean> cancelled = List.of(begun().cancel(), begun().cancel());

    assertThat(cancelled).containsOnly(true);
    assertThat(server.requests(OPENID)).hasSize(1);
  }

  @Test
  void rfc8414MetadataAloneSuffices() {
    server.answer(OPENID, Answer.html(404)).answer(RFC_8414, Answer.json(200, metadata()));
    server.answer("/device", DEVICE);

    assertThat(begun().cancel()).isTrue();
  }

  @Test
  void clientsThatShareAServerShareItsMetadata() {
    AuthorizationServer shared = AuthorizationServer.discover(server.at("/r"));
    server.answer(OPENID, Answer.json(200, metadata()));
    server.answer("/device", DEVICE, DEVICE);

    for (int i = 0; i < 2; i++) {
      SignInRun one = new SignInRun(PublicClient.builder().authorizationServer(shared));
      assertThat(one.client().beginSignIn().cancel()).isTrue();
    }

    assertThat(server.requests(OPENID)).hasSize(1);
  }

  @Test
  void signInsThatBeginTogetherShareOneDiscovery() throws InterruptedException {
    Gate gate = new Gate();
    server.answer(OPENID, Answer.json(200, metadata()).after(gate::pass));
    server.answer("/device", DEVICE, DEVICE, DEVICE);
    List<OtherThread> threads = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      threads.add(OtherThread.running(() -> assertThat(begun().cancel()).isTrue()));
    }
    gate.awaitArrival();

    gate.open();

    for (OtherThread thread : threads) {
      thread.join();
    }
    assertThat(server.requests(OPENID)).hasSize(1);
  }

  @Test
  void failedDiscoveryIsTriedAgainByTheNextSignIn() {
    server.answer(OPENID, Answer.html(503), Answer.html(503), Answer.json(200, metadata()));
    server.answer("/device", DEVICE);

    run.beginToFailure(ServiceUnavailable.class);
    run.beginToFailure(ServiceUnavailable.class);
    SignIn signIn = begun();

    assertThat(signIn.cancel()).isTrue();
  }

  @Test
  void discoveryThatCouldNotStartIsTriedAgainByTheNextSignIn() {
    AtomicBoolean exhausted = new AtomicBoolean(true);
    ExecutorService threads = Executors.newCachedThreadPool();
    Executor executor =
        task -> {
          if (exhausted.getAndSet(false)) {
            throw new OutOfMemoryError("unable to create native thread");
          }
          threads.execute(task);
        };
    HttpClient http = HttpClient.newBuilder().executor(executor).build();
    PublicClient client = new SignInRun(discovering().httpClient(http)).client();
    server.answer(OPENID, Answer.json(200, metadata())).answer("/device", DEVICE);

    assertThatThrownBy(client::beginSignIn).isInstanceOf(ServiceUnavailable.class);
    SignIn signIn = client.beginSignIn();

    assertThat(signIn.cancel()).isTrue();
    threads.shutdownNow();
  }

  @Test
  void issuerThatDiffersByASlashIsRejected() {
    String other = server.at("/r/").toString();
    server.answer(OPENID, Answer.json(200, metadata().with("issuer", other)));

    InvalidResponse failure = run.beginToFailure(InvalidResponse.class);

    assertThat(failure).hasMessageContaining("calls itself " + other);
    assertThat(failure.remedy()).contains("slash");
  }

  @Test
  void serverWithoutADeviceEndpointIsAMisconfiguration() {
    server.answer(OPENID, Answer.json(200, metadata().without("device_authorization_endpoint")));

    AppMisconfigured failure = run.beginToFailure(AppMisconfigured.class);

    assertThat(failure.remedy()).contains("device authorization grant");
  }

  @Test
  void endpointWithoutTlsIsRejectedInMetadata() {
    Body metadata = metadata().with("token_endpoint", "http://example.com/token");
    server.answer(OPENID, Answer.json(200, metadata));

    InvalidResponse failure = run.beginToFailure(InvalidResponse.class);

    assertThat(failure).hasMessageContaining("token_endpoint");
  }

  @Test
  void idTokenMustNameTheDiscoveredIssuer() {
    server.answer(OPENID, Answer.json(200, metadata()));
    server.answer("/device", DEVICE, DEVICE);
    URI issuer = server.at("/r");
    for (String iss : List.of(issuer.toString(), issuer + "/")) {
      Body tokens = Body.tokens().with("id_token", Jwt.of(Jwt.claims(iss)));
      server.answer("/token", Answer.json(200, tokens));
    }

    SignInResult signedIn = run.toSuccess();
    run.toFailure(InvalidResponse.class);

    assertThat(signedIn.account().issuer()).isEqualTo(issuer.toString());
  }

  private SignIn begun() {
    return run.client().beginSignIn();
  }

  private PublicClientBuilder discovering() {
    return PublicClient.builder()
        .authorizationServer(AuthorizationServer.discover(server.at("/r")));
  }

  private Body metadata() {
    return new Body()
        .with("issuer", server.at("/r").toString())
        .with("device_authorization_endpoint", server.at("/device").toString())
        .with("token_endpoint", server.at("/token").toString())
        .with("revocation_endpoint", server.at("/revoke").toString());
  }
}
