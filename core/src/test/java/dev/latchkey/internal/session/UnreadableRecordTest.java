package dev.latchkey.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.ClientSeams;
import dev.latchkey.PublicClient;
import dev.latchkey.SignOutResult;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.Failures;
import dev.latchkey.fixture.FaultyStore.Call;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.store.StoredRecord;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One record of the store cannot be read: it is reported, and the others can be used. */
class UnreadableRecordTest {

  private static final Account ALICE = RefreshRun.account();
  private static final Account BOB =
      new Account("b0b", "https://issuer.example", "bob", null, null, null, null);

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final RefreshRun run = new RefreshRun(server).signedIn();
  private final PublicClient client = run.client();

  @Test
  void damagedRecordDoesNotAffectOtherAccounts() {
    run.put(run.recordOf(BOB, RefreshRun.HOUR));
    run.damage();

    List<Account> accounts = client.accounts();
    AccessToken token = client.tokens(BOB).get();
    TokenStoreFailure touched = Failures.of(TokenStoreFailure.class, client.tokens(ALICE)::get);

    assertThat(accounts).containsExactly(BOB);
    assertThat(token.value()).isEqualTo(RefreshRun.ACCESS_TOKEN);
    assertThat(touched.problem()).isEqualTo(Problem.DAMAGED);
    assertThat(run.rawContent()).isEqualTo(RefreshRun.DAMAGED);
  }

  @Test
  void omittedRecordIsReported() {
    run.put(run.recordOf(BOB, RefreshRun.HOUR));
    run.damage();

    List<TokenStoreFailure> unreadable = client.unreadableAccounts();

    assertThat(unreadable).extracting(TokenStoreFailure::problem).containsExactly(Problem.DAMAGED);
    assertThat(unreadable.get(0)).hasMessageContaining(ALICE.id());
  }

  @Test
  void ownRecordOfANewerVersionIsReportedAndStays() {
    String newer =
        newerRecord(ClientSeams.endpoints(server.authorizationServer()).id(), RefreshRun.CLIENT_ID);
    write("n3w", newer);

    assertThat(client.accounts()).containsExactly(ALICE);
    assertThat(client.unreadableAccounts())
        .extracting(TokenStoreFailure::problem)
        .containsExactly(Problem.NEWER);
    assertThat(content("n3w")).isEqualTo(newer);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void recordOfAnotherClientIsIgnoredWhateverItsVersion(boolean sameServer) {
    String serverId =
        sameServer
            ? ClientSeams.endpoints(server.authorizationServer()).id()
            : "https://elsewhere.example";
    String theirs = newerRecord(serverId, sameServer ? "another" : RefreshRun.CLIENT_ID);
    write("b0b", theirs);

    SignOutResult signedOut = client.signOut(BOB);

    assertThat(client.accounts()).containsExactly(ALICE);
    assertThat(client.unreadableAccounts()).isEmpty();
    assertThat(client.status(BOB)).isNull();
    assertThat(signedOut.revoked()).isFalse();
    assertThat(content("b0b")).isEqualTo(theirs);
  }

  @ParameterizedTest
  @EnumSource(names = {"LOCKED", "UNAVAILABLE", "WRONG_KEY", "TIMED_OUT"})
  void unreadableStoreIsAFailureAndNotAnEmptyList(Problem problem) {
    run.store.fail(Call.READ, problem);

    assertThat(Failures.of(TokenStoreFailure.class, client::accounts).problem()).isEqualTo(problem);
    assertThat(Failures.of(TokenStoreFailure.class, client::unreadableAccounts).problem())
        .isEqualTo(problem);
  }

  private static String newerRecord(String serverId, String clientId) {
    return new Body().with("v", 2).with("server", serverId).with("client_id", clientId).toString();
  }

  private void write(String id, String content) {
    assertThat(run.store.beneath().write(id, content, null)).isNotNull();
  }

  private String content(String id) {
    StoredRecord stored = run.store.beneath().read(id);
    return stored == null ? "no record" : stored.content();
  }
}
