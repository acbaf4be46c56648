package dev.latchkey.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.latchkey.examples.fixture.CommandResult;
import dev.latchkey.examples.fixture.InProcessCli;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountsCommandTest {

  @TempDir Path directory;
  private InProcessCli cli;

  @BeforeEach
  void start() {
    cli = InProcessCli.start(directory);
  }

  @AfterEach
  void stop() {
    cli.close();
  }

  @Test
  void listsEachAccountWithItsState() throws Exception {
    JsonObject adele = cli.signIn(InProcessCli.ADELE).lastEvent().getAsJsonObject("account");
    cli.signIn(InProcessCli.BRUNO);
    cli.server.people().revokeSessions(InProcessCli.BRUNO);
    cli.run("token", "--refresh", "--account", InProcessCli.BRUNO);

    CommandResult result = cli.run("accounts", "--json").succeeded();

    assertThat(result.events()).hasSize(2);
    JsonObject ready = event(result, "ready");
    assertThat(ready.keySet()).containsExactly("event", "account", "state");
    assertThat(ready.get("event").getAsString()).isEqualTo("account");
    assertThat(ready.getAsJsonObject("account")).isEqualTo(adele);
    JsonObject ended = event(result, "sign_in_required");
    assertThat(ended.getAsJsonObject("account").get("username").getAsString())
        .isEqualTo(InProcessCli.BRUNO);
  }

  @Test
  void accountsAreSortedByNameEverywhere() throws Exception {
    List<String> sorted =
        List.of(
            InProcessCli.ADELE, InProcessCli.BRUNO, InProcessCli.CHANDRA, "dana@outlook.example");
    for (int i = sorted.size() - 1; i >= 0; i--) {
      cli.signIn(sorted.get(i));
    }

    CommandResult accounts = cli.run("accounts", "--json").succeeded();
    CommandResult status = cli.run("status", "--json").succeeded();
    CommandResult several = cli.run("token");
    CommandResult signedOut = cli.run("sign-out", "--all", "--json").succeeded();

    assertThat(usernames(accounts.events())).isEqualTo(sorted);
    assertThat(status.event().getAsJsonArray("accounts"))
        .extracting(account -> username(account.getAsJsonObject()))
        .isEqualTo(sorted);
    assertThat(several.err()).containsSubsequence(sorted);
    assertThat(usernames(signedOut.events())).isEqualTo(sorted);
  }

  private static List<String> usernames(List<JsonObject> events) {
    return events.stream().map(AccountsCommandTest::username).toList();
  }

  private static String username(JsonObject event) {
    return event.getAsJsonObject("account").get("username").getAsString();
  }

  @Test
  void textHasOneLinePerAccount() throws Exception {
    cli.signIn(InProcessCli.ADELE);

    CommandResult result = cli.run("accounts").succeeded();

    assertThat(result.out().lines()).hasSize(1);
    assertThat(result.out()).contains(InProcessCli.ADELE, "Adele Vance", "ready");
  }

  @Test
  void noAccountIsNotAFailure() throws Exception {
    CommandResult text = cli.run("accounts").succeeded();
    CommandResult json = cli.run("accounts", "--json").succeeded();

    assertThat(text.out()).isEmpty();
    assertThat(text.err()).isEqualTo("No account is signed in.\n");
    assertThat(json.out()).isEmpty();
    assertThat(json.err()).isEmpty();
  }

  @Test
  void anotherAppSeesNoAccount() throws Exception {
    cli.signIn(InProcessCli.ADELE);

    CommandResult result = cli.run("accounts", "--json", "--app", "com.example.other").succeeded();

    assertThat(result.out()).isEmpty();
  }

  private static JsonObject event(CommandResult result, String state) {
    return result.events().stream()
        .filter(event -> event.get("state").getAsString().equals(state))
        .findFirst()
        .orElseThrow();
  }
}
