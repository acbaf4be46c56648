package dev.latchkey.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.latchkey.examples.fixture.CommandResult;
import dev.latchkey.examples.fixture.InProcessCli;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusCommandTest {

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
  void showsStoreServerAccountsExpiriesAndScopes() throws Exception {
    cli.server.settings().withholdScopes("Mail.Read").addScopes("Files.Read");
    cli.signIn(InProcessCli.ADELE, "--scope", "User.Read Mail.Read");

    JsonObject status = cli.run("status", "--json").succeeded().event();

    assertThat(status.get("event").getAsString()).isEqualTo("status");
    assertThat(status.get("store").getAsString()).contains("encrypted files", "dev.latchkey.cli");
    assertThat(status.get("authorization_server").getAsString())
        .contains("common", cli.server.baseUrl().toString());
    JsonObject account = status.getAsJsonArray("accounts").get(0).getAsJsonObject();
    assertThat(account.getAsJsonObject("account").get("username").getAsString())
        .isEqualTo(InProcessCli.ADELE);
    assertThat(account.get("state").getAsString()).isEqualTo("ready");
    assertThat(account.get("reason").isJsonNull()).isTrue();
    assertThat(account.get("can_refresh").getAsBoolean()).isTrue();
    JsonObject token = account.getAsJsonArray("tokens").get(0).getAsJsonObject();
    assertThat(Instant.parse(token.get("expires_at").getAsString())).isAfter(Instant.now());
    assertThat(token.get("expired").getAsBoolean()).isFalse();
    JsonObject scopes = token.getAsJsonObject("scopes");
    assertThat(scopes.get("requested").toString()).contains("User.Read", "Mail.Read");
    assertThat(scopes.get("granted").toString()).contains("User.Read").doesNotContain("Mail.Read");
    assertThat(scopes.get("missing").toString()).isEqualTo("[\"Mail.Read\"]");
    assertThat(scopes.get("extra").toString()).contains("Files.Read");
  }

  @Test
  void textHasTheSameContentAndNoToken() throws Exception {
    cli.signIn(InProcessCli.ADELE, "--scope", "User.Read");

    CommandResult result = cli.run("status").succeeded();

    assertThat(result.out()).contains("encrypted files", InProcessCli.ADELE, "ready", "User.Read");
    assertThat(cli.server.secrets()).noneMatch(secret -> result.out().contains(secret));
  }

  @Test
  void endedSessionIsListedWithItsReason() throws Exception {
    cli.signIn(InProcessCli.ADELE);
    cli.server.people().changePassword(InProcessCli.ADELE);
    cli.run("token", "--refresh");

    JsonObject status = cli.run("status", "--json").succeeded().event();

    JsonObject account = status.getAsJsonArray("accounts").get(0).getAsJsonObject();
    assertThat(account.get("state").getAsString()).isEqualTo("sign_in_required");
    assertThat(account.get("reason").getAsString()).isEqualTo("password_changed");
    assertThat(account.get("can_refresh").getAsBoolean()).isFalse();
  }

  @Test
  void onlyAKeyringIsRepaired() throws Exception {
    CommandResult result = cli.run("status", "--repair");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("--repair is for --store keyring");
  }

  @Test
  void withoutAccountsJsonIsStillOneObject() throws Exception {
    CommandResult json = cli.run("status", "--json", "--store", "memory").succeeded();
    CommandResult text = cli.run("status").succeeded();

    assertThat(json.event().getAsJsonArray("accounts")).isEmpty();
    assertThat(text.out()).contains("accounts  none");
  }
}
