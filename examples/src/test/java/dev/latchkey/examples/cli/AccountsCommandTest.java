package dev.latchkey.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.latchkey.examples.fixture.CliTest;
import dev.latchkey.examples.fixture.CommandResult;
import dev.latchkey.examples.fixture.InProcessCli;
import dev.latchkey.testkit.TestUser;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountsCommandTest extends CliTest {

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
  void twoAccountsOfOneUsernameAreToldApartByTheirTenantWhereverTheyAreShown() throws Exception {
    String contoso = TestUser.of(InProcessCli.ADELE).tenantId();
    JsonObject first = cli.signIn(InProcessCli.ADELE).lastEvent().getAsJsonObject("account");
    cli.server.people().switchTenant(InProcessCli.ADELE, "fabrikam.example");
    String signedIn = cli.signIn(InProcessCli.ADELE).out();
    JsonObject second = new CommandResult(0, signedIn, "").lastEvent().getAsJsonObject("account");
    String fabrikam = second.get("tenant_id").getAsString();

    CommandResult accounts = cli.run("accounts").succeeded();
    CommandResult status = cli.run("status").succeeded();
    CommandResult token = cli.run("token");
    CommandResult named = cli.run("token", "--account", InProcessCli.ADELE);
    CommandResult signInAgain = cli.run("sign-in", "--account", InProcessCli.ADELE, "--json");
    CommandResult json = cli.run("accounts", "--json").succeeded();

    assertThat(fabrikam).isNotEqualTo(contoso);
    for (String text : List.of(accounts.out(), status.out(), token.err(), named.err())) {
      assertThat(text.lines())
          .anyMatch(line -> line.contains(id(first)) && line.contains("tenant " + contoso))
          .anyMatch(line -> line.contains(id(second)) && line.contains("tenant " + fabrikam));
    }
    assertThat(named.status()).isEqualTo(2);
    assertThat(named.err()).contains("Several accounts are named " + InProcessCli.ADELE);
    assertThat(signInAgain.status()).isEqualTo(2);
    assertThat(signInAgain.event().get("message").getAsString()).contains(contoso, fabrikam);
    assertThat(json.events())
        .extracting(event -> event.getAsJsonObject("account").get("tenant_id").getAsString())
        .containsExactlyInAnyOrder(contoso, fabrikam);
    CommandResult out = cli.run("sign-out", "--account", id(second)).succeeded();
    assertThat(out.out()).contains(InProcessCli.ADELE, "of tenant " + fabrikam);
    assertThat(cli.run("token", "--account", InProcessCli.ADELE).status()).isZero();
  }

  private static String id(JsonObject account) {
    return account.get("id").getAsString();
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
