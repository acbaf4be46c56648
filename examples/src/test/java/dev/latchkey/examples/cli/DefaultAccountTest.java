package dev.latchkey.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.latchkey.examples.fixture.CommandResult;
import dev.latchkey.examples.fixture.InProcessCli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DefaultAccountTest {

  @TempDir Path directory;
  private InProcessCli cli;
  private JsonObject adele;
  private JsonObject bruno;

  @BeforeEach
  void signIn() throws Exception {
    cli = InProcessCli.start(directory);
    cli.variables.put("LATCHKEY_GRAPH_URL", cli.server.graph().url().toString());
    adele = account(cli.signIn(InProcessCli.ADELE, "--scope", "User.Read").lastEvent());
    bruno = account(cli.signIn(InProcessCli.BRUNO, "--scope", "User.Read").lastEvent());
  }

  @AfterEach
  void stop() {
    cli.close();
  }

  @Test
  void accountThatWasChosenIsPrinted() throws Exception {
    CommandResult byName = cli.run("accounts", "use", InProcessCli.BRUNO, "--json").succeeded();
    CommandResult byId =
        cli.run("accounts", "use", "--json", adele.get("id").getAsString()).succeeded();

    assertThat(byName.event().keySet()).containsExactly("event", "account");
    assertThat(byName.event().get("event").getAsString()).isEqualTo("default_account");
    assertThat(account(byName.event())).isEqualTo(bruno);
    assertThat(account(byId.event())).isEqualTo(adele);
    assertThat(cli.run("accounts", "use", InProcessCli.BRUNO).succeeded().out())
        .startsWith(InProcessCli.BRUNO)
        .endsWith("is the default account now.\n");
  }

  @Test
  void commandsUseTheDefaultAccountUnlessAnotherIsNamed() throws Exception {
    assertThat(cli.run("token").status()).isEqualTo(2);
    cli.run("accounts", "use", InProcessCli.BRUNO).succeeded();

    CommandResult me = cli.run("graph", "me", "--json").succeeded();
    CommandResult other = cli.run("graph", "me", "--json", "--account", InProcessCli.ADELE);
    cli.run("token").succeeded();
    CommandResult signedOut = cli.run("sign-out", "--json").succeeded();

    assertThat(me.event().get("user_principal_name").getAsString()).isEqualTo(InProcessCli.BRUNO);
    assertThat(other.succeeded().event().get("user_principal_name").getAsString())
        .isEqualTo(InProcessCli.ADELE);
    assertThat(account(signedOut.event())).isEqualTo(bruno);
  }

  @Test
  void signOutForgetsTheDefaultSoThatTheOnlyAccountLeftIsUsed() throws Exception {
    cli.run("accounts", "use", InProcessCli.BRUNO).succeeded();

    cli.run("sign-out").succeeded();

    assertThat(cli.run("status", "--json").succeeded().event().get("default_account").isJsonNull())
        .isTrue();
    assertThat(cli.run("graph", "me").succeeded().out()).contains(InProcessCli.ADELE);
  }

  @Test
  void defaultAccountThatIsGoneIsNotReplacedByTheOnlyOther() throws Exception {
    cli.run("accounts", "use", InProcessCli.BRUNO).succeeded();
    cli.variables.put("XDG_CONFIG_HOME", directory.resolve("elsewhere").toString());
    cli.run("sign-out", "--account", InProcessCli.BRUNO).succeeded(); // as another program would
    cli.variables.put("XDG_CONFIG_HOME", directory.resolve("config").toString());

    CommandResult result = cli.run("token", "--json");

    assertThat(result.status()).isEqualTo(10);
    assertThat(result.event().get("message").getAsString())
        .isEqualTo("The default account is not signed in");
    assertThat(result.event().get("remedy").getAsString()).contains("latchkey accounts use");
    cli.run("accounts", "use", InProcessCli.ADELE).succeeded();
    cli.run("token").succeeded();
  }

  @Test
  void accountThatIsNotSignedInCannotBeTheDefault() throws Exception {
    CommandResult result = cli.run("accounts", "use", "nobody@contoso.example", "--json");

    assertThat(result.status()).isEqualTo(10);
    assertThat(result.event().get("type").getAsString()).isEqualTo("SignInRequired");
    assertThat(files()).isEmpty();
  }

  /** Else it would be said to be the default, and the other one be used all the same. */
  @Test
  void choiceThatAnotherSettingWouldOverruleIsRefused() throws Exception {
    CommandResult typed =
        cli.run("accounts", "use", InProcessCli.BRUNO, "--account", InProcessCli.ADELE);
    cli.variables.put("LATCHKEY_ACCOUNT", InProcessCli.ADELE);
    CommandResult variable = cli.run("accounts", "use", InProcessCli.BRUNO);
    CommandResult same = cli.run("accounts", "use", adele.get("id").getAsString());

    assertThat(typed.status()).isEqualTo(2);
    assertThat(typed.err()).contains("--account names " + InProcessCli.ADELE);
    assertThat(variable.status()).isEqualTo(2);
    assertThat(variable.err()).contains("LATCHKEY_ACCOUNT names " + InProcessCli.ADELE);
    assertThat(same.succeeded().out()).contains("is the default account now");
  }

  @Test
  void choiceThatTheProfileWouldOverruleIsRefusedWithItsPlace() throws Exception {
    Path config = directory.resolve("config/latchkey/config");
    Files.createDirectories(config.getParent());
    Files.writeString(config, "[default]\naccount = " + InProcessCli.ADELE + "\n");

    CommandResult result = cli.run("accounts", "use", InProcessCli.BRUNO);

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("--account names " + InProcessCli.ADELE, config + ":2");
    assertThat(files()).isEmpty();
  }

  @Test
  void eachStoreAppServerAndClientHasItsOwnDefault() throws Exception {
    cli.run("accounts", "use", InProcessCli.BRUNO).succeeded();

    for (List<String> other :
        List.of(
            List.of("--store", "file:" + directory.resolve("other")),
            List.of("--app", "com.example.other"),
            List.of("--client-id", "other"),
            List.of("--entra", "organizations"))) {
      String[] args =
          Stream.concat(Stream.of("status", "--json"), other.stream()).toArray(String[]::new);
      JsonObject status = cli.run(args).succeeded().event();
      assertThat(status.get("default_account").isJsonNull()).as("%s", other).isTrue();
    }
    JsonObject same =
        cli.run("status", "--json", "--store", "file:" + directory + "/./store")
            .succeeded()
            .event();
    assertThat(same.get("default_account")).isEqualTo(bruno.get("id"));
  }

  @Test
  void listMarksTheDefaultInTextAndLeavesTheJsonAsItIs() throws Exception {
    cli.run("accounts", "use", InProcessCli.BRUNO).succeeded();

    assertThat(cli.run("accounts").succeeded().out().lines())
        .anyMatch(line -> line.contains(InProcessCli.BRUNO) && line.endsWith("  default"))
        .anyMatch(line -> line.contains(InProcessCli.ADELE) && line.endsWith("  ready"));
    assertThat(cli.run("accounts", "--json").succeeded().events())
        .allMatch(event -> event.keySet().equals(Set.of("event", "account", "state")));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void choiceHoldsNoSecretAndIsForItsOwnerOnly() throws Exception {
    cli.run("accounts", "use", InProcessCli.BRUNO).succeeded();
    cli.run("accounts", "use", InProcessCli.ADELE).succeeded();

    assertThat(files()).hasSize(1);
    Path file = files().get(0);
    String content = Files.readString(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(content).startsWith(adele.get("id").getAsString() + "\n");
    assertThat(cli.server.secrets()).noneMatch(content::contains);
  }

  @Test
  void damagedChoiceIsReportedWithItsRemedy() throws Exception {
    cli.run("accounts", "use", InProcessCli.BRUNO).succeeded();
    Files.writeString(files().get(0), "");

    CommandResult result = cli.run("token");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err())
        .contains(files().get(0) + " names no account", "latchkey accounts use");
  }

  /** They would be ignored, and the account be chosen for another client. */
  @Test
  void optionsBeforeTheSubcommandAreRefused() throws Exception {
    CommandResult result = cli.run("accounts", "--client-id", "x", "use", InProcessCli.BRUNO);

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("The options must come after 'use'");
    assertThat(files()).isEmpty();
  }

  private List<Path> files() throws Exception {
    Path folder = directory.resolve("config/latchkey/default-accounts");
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static JsonObject account(JsonObject event) {
    return event.getAsJsonObject("account");
  }
}
