package dev.latchkey.internal.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ClientSeams;
import dev.latchkey.PublicClient;
import dev.latchkey.PublicClientBuilder;
import dev.latchkey.SignIn;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.Failures;
import dev.latchkey.fixture.FakeTime;
import dev.latchkey.fixture.FaultyStore;
import dev.latchkey.fixture.FaultyStore.Call;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.fixture.SignInRun;
import dev.latchkey.store.EncryptedFileTokenStore;
import dev.latchkey.store.MemoryTokenStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Nobody is sent to the browser for a session that the store would refuse. */
class StoreIsAskedFirstTest {

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final FaultyStore store = new FaultyStore(new MemoryTokenStore());

  @Test
  void storeThatWouldRefuseTheSessionFailsBeforeAnythingIsSent() {
    for (Problem problem : Problem.values()) {
      store.fail(Call.PREPARE, problem);

      TokenStoreFailure failure =
          Failures.of(TokenStoreFailure.class, () -> client().build().beginSignIn());

      assertThat(failure.problem()).isEqualTo(problem);
      assertThat(failure.remedy()).isEqualTo("Make room.");
      assertThat(Failures.of(TokenStoreFailure.class, () -> client().build().beginBrowserSignIn()))
          .isSameAs(failure);
    }
    assertThat(server.requests("/device")).isEmpty();
  }

  @Test
  void whatNoStoreMayThrowIsReportedAsAFailureOfTheStore() {
    store.failWith(Call.PREPARE, new IllegalStateException("broken"));

    TokenStoreFailure failure =
        Failures.of(TokenStoreFailure.class, () -> client().build().beginSignIn());

    assertThat(failure.problem()).isEqualTo(Problem.UNAVAILABLE);
    assertThat(server.requests("/device")).isEmpty();
  }

  @Test
  void signInBeginsOnceTheStoreIsMended() {
    store.fail(Call.PREPARE, Problem.LOCKED);
    PublicClient client = client().build();
    TokenStoreFailure unused = Failures.of(TokenStoreFailure.class, client::beginSignIn);
    store.mend(Call.PREPARE);
    server.answer("/device", Answer.json(200, Body.device()));

    SignIn signIn = client.beginSignIn();

    assertThat(signIn.deviceAuthorization().userCode()).isNotEmpty();
    signIn.cancel();
  }

  @Test
  void storeIsAskedAlsoWhereTheExecutorTakesNoTask() {
    store.fail(Call.PREPARE, Problem.LOCKED);
    PublicClient client =
        client()
            .executor(
                task -> {
                  throw new RejectedExecutionException("shut down");
                })
            .build();

    TokenStoreFailure failure = Failures.of(TokenStoreFailure.class, client::beginSignIn);

    assertThat(failure.problem()).isEqualTo(Problem.LOCKED);
  }

  @Test
  void askingLeavesNoRecordInAnEncryptedDirectory(@TempDir Path directory) throws IOException {
    server.answer("/device", Answer.json(200, Body.device()));
    EncryptedFileTokenStore files = EncryptedFileTokenStore.open(directory, new byte[32]);

    client().tokenStore(files).build().beginSignIn().cancel();

    assertThat(files.keys()).isEmpty();
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left.filter(file -> !file.toString().endsWith(".lock"))).isEmpty();
    }
  }

  private PublicClientBuilder client() {
    return ClientSeams.builder(new FakeTime())
        .authorizationServer(server.authorizationServer())
        .clientId(SignInRun.CLIENT_ID)
        .tokenStore(store);
  }
}
