package dev.latchkey.examples.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.examples.fixture.CommandResult;
import dev.latchkey.examples.fixture.InProcessCli;
import dev.latchkey.testkit.Endpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

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
  void everyOptionReadsItsVariable() throws Exception {
    cli.variables.put("LATCHKEY_JSON", "1");
    cli.variables.put("LATCHKEY_NO_BROWSER", "yes");
    cli.variables.put("LATCHKEY_SCOPE", "User.Read Mail.Read");
    cli.variables.put("LATCHKEY_MKT", "de-DE");
    cli.variables.put("LATCHKEY_APP", "com.example.mail");
    cli.variables.put("LATCHKEY_GRAPH_URL", "https://graph.example/v1.0");
    cli.server.approveNext(InProcessCli.ADELE);

    CommandResult result = cli.run("sign-in").succeeded();

    var begun = cli.server.requests(Endpoint.DEVICE_AUTHORIZATION).get(0);
    assertThat(begun.form().get("client_id")).isEqualTo(cli.variables.get("LATCHKEY_CLIENT_ID"));
    assertThat(begun.form().get("scope")).contains("User.Read", "Mail.Read");
    assertThat(begun.query()).containsEntry("mkt", "de-DE");
    assertThat(result.events()).hasSize(2);
    assertThat(directory.resolve("store").resolve("com.example.mail")).isNotEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "TRUE", "1", "yes", "on"})
  void flagsAreSetByTheirVariableEvenIfTypedToo(String value) throws Exception {
    cli.variables.put("LATCHKEY_JSON", value);

    assertThat(cli.run("status").succeeded().event().get("event").getAsString())
        .isEqualTo("status");
    assertThat(cli.run("status", "--json").succeeded().event().get("event").getAsString())
        .isEqualTo("status");
  }

  @Test
  void typedOptionsOverrideTheEnvironment() throws Exception {
    cli.variables.put("LATCHKEY_CLIENT_ID", "from-the-environment");

    CommandResult result =
        cli.run("status", "--json", "--client-id", "typed", "--issuer", "https://typed.example");

    assertThat(result.succeeded().event().get("client_id").getAsString()).isEqualTo("typed");
    assertThat(result.event().get("authorization_server").getAsString())
        .isEqualTo("https://typed.example");
  }

  @ParameterizedTest
  @CsvSource({
    "--issuer, foo bar",
    "--issuer, foo",
    "--issuer, ftp://a.example",
    "--graph-url, foo",
    "--authority-host, not a url",
    "--authority-host, http://a.example",
    "--entra, ''"
  })
  void invalidValueIsReportedWithItsOption(String option, String value) throws Exception {
    CommandResult result = cli.run("token", option, value);

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains(option).doesNotContain("java.", "Exception", "null");
  }

  @Test
  void forbiddenGraphUrlIsReportedWithItsOption() throws Exception {
    cli.signIn(InProcessCli.ADELE);

    CommandResult result = cli.run("graph", "me", "--graph-url", "http://a.example/v1.0");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("--graph-url");
  }

  @Test
  void optionsThatBelongTogetherAreReportedOnce() throws Exception {
    CommandResult result =
        cli.run("graph", "mail", "send", "--to", "x", "--subject", "x", "--once", "k", "text");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err())
        .startsWith("latchkey: Missing required argument")
        .contains("--journal=DIRECTORY");
  }

  @ParameterizedTest
  @CsvSource({"true, 1", "yes, 1", "1, 1", "2, 2", "false, 0", "0, 0", "no, 0", "'', 0"})
  void verboseMayBeAFlagInTheEnvironment(String value, int verbosity) {
    assertThat(new OutputOptions().verbosity(value.isEmpty() ? null : value)).isEqualTo(verbosity);
  }

  @Test
  void statusShowsTheCloudAsTheOptionSpellsIt() throws Exception {
    assertThat(cli.run("status", "--cloud", "us-gov").succeeded().out()).contains("cloud us-gov");
    assertThat(cli.run("status", "--cloud", "china").succeeded().out()).contains("cloud china");
  }

  @Test
  void autoAndServeExcludeEachOther() throws Exception {
    CommandResult result = cli.run("demo", "--auto", "--serve");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("--serve and --auto exclude each other");
  }

  @Test
  void lsListsTheRootByDefault() throws Exception {
    assertThat(cli.run("graph", "ls", "--help").succeeded().out()).contains("[PATH]");
  }

  @Test
  void typedIssuerOverridesEntraFromTheEnvironment() throws Exception {
    cli.variables.put("LATCHKEY_CLOUD", "china");

    cli.signIn(InProcessCli.ADELE, "--issuer", cli.server.baseUrl() + "/common/v2.0");

    var begun = cli.server.requests(Endpoint.DEVICE_AUTHORIZATION).get(0);
    assertThat(begun.form()).doesNotContainKey("claims");
    assertThat(cli.server.requests(Endpoint.DISCOVERY)).isNotEmpty();
  }

  @Test
  void typedEntraOverridesAnIssuerFromTheEnvironment() throws Exception {
    cli.variables.remove("LATCHKEY_ENTRA");
    cli.variables.put("LATCHKEY_ISSUER", "https://elsewhere.example");

    CommandResult result = cli.run("status", "--json", "--entra", "organizations");

    assertThat(result.succeeded().event().get("authorization_server").getAsString())
        .startsWith("Entra ID, tenant organizations");
  }

  @Test
  void variablesThatExcludeEachOtherAreNamed() throws Exception {
    cli.variables.put("LATCHKEY_ISSUER", "https://elsewhere.example");

    CommandResult server = cli.run("status");
    CommandResult typed = cli.run("status", "--issuer", "https://typed.example");

    assertThat(server.status()).isEqualTo(2);
    assertThat(server.err())
        .startsWith("latchkey: LATCHKEY_ENTRA and LATCHKEY_ISSUER exclude each other\n");
    assertThat(typed.succeeded().out()).contains("https://typed.example");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--nonsense                                         | Unknown option: '--nonsense'",
        "extra                                              | Unmatched argument",
        "--store paper                                      | --store must be keyring, memory or",
        "--store file:                                      | --store must be keyring, memory or",
        "--app ../other                                     | --app must consist of letters",
        "--cloud mars                                       | 'mars' is not global",
        "--entra common --issuer https://a.example          | exclude each other",
        "--entra a/b                                        | tenant",
        "--issuer http://a.example                          | issuer must be https",
        "--issuer https://a.example --cloud china           | require --entra",
        "--authority-host ftp://a.example                   | authority host must be https",
        "--client-id a\u00e9b                               | clientId",
        "--scope a\"b                                       | not a scope",
        "--claims []                                        | --claims must be a JSON object",
        "--refresh=maybe                                    | maybe",
      })
  void wrongUsageEndsWith2(String options, String message) throws Exception {
    String line = "token --json " + options;

    CommandResult result = cli.run(line.split(" ", -1));

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.event().get("type").getAsString()).isEqualTo("WrongUsage");
    assertThat(result.event().get("message").getAsString()).contains(message);
    assertThat(result.event().get("remedy").getAsString()).contains("latchkey token --help");
    assertThat(cli.server.requests()).isEmpty();
  }

  @Test
  void unknownOptionWithASpaceInItIsWrongUsage() throws Exception {
    CommandResult result = cli.run("token", "--non sense");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo("latchkey: Unknown option: '--non sense'\nTry 'latchkey token --help'.\n");
  }

  @Test
  void wrongUsageIsTwoLinesOfText() throws Exception {
    CommandResult result = cli.run("token", "--nonsense");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .isEqualTo("latchkey: Unknown option: '--nonsense'\nTry 'latchkey token --help'.\n");
  }

  @Test
  void missingOptionIsNamed() throws Exception {
    cli.variables.remove("LATCHKEY_CLIENT_ID");
    assertThat(cli.run("token").err()).contains("--client-id is missing");
    cli.variables.put("LATCHKEY_CLIENT_ID", "id");
    cli.variables.remove("LATCHKEY_ENTRA");
    assertThat(cli.run("token").err()).contains("--entra TENANT or --issuer URL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"graph", "graph mail"})
  void missingSubcommandIsNamed(String group) throws Exception {
    CommandResult result = cli.run(group.split(" ", -1));

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).startsWith("latchkey: Missing command.\n");
  }

  @Test
  void withoutACommandTheUsageIsShown() throws Exception {
    CommandResult result = cli.run();

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err())
        .contains("sign-in", "accounts", "token", "status", "sign-out", "graph", "demo", "desktop");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void keyringIsTheDefaultAndIsNeverReplacedSilently() throws Exception {
    cli.variables.remove("LATCHKEY_STORE");
    System.setProperty("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + directory.resolve("no-bus"));

    CommandResult result;
    try {
      result = cli.run("sign-in", "--json");
    } finally {
      System.clearProperty("DBUS_SESSION_BUS_ADDRESS");
    }

    assertThat(result.status()).isEqualTo(18);
    assertThat(result.event().get("type").getAsString()).isEqualTo("TokenStoreFailure");
    assertThat(result.event().get("remedy").getAsString()).contains("--store file:PATH");
    assertThat(cli.server.requests()).isEmpty();
  }

  @Test
  void missingKeyIsWrongUsage() throws Exception {
    cli.variables.remove("LATCHKEY_FILE_KEY");

    CommandResult result = cli.run("accounts");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("LATCHKEY_FILE_KEY");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"c2hvcnQ=", "no base 64!", "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFB"})
  void wrongKeyIsWrongUsageAndIsNotRepeated(String key) throws Exception {
    cli.variables.put("LATCHKEY_FILE_KEY", key);

    CommandResult result = cli.run("accounts", "-vv");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("32 bytes").doesNotContain(key);
    assertThat(directory.resolve("store")).doesNotExist();
  }

  @Test
  void anotherKeyEndsWith18AndChangesNothing() throws Exception {
    cli.signIn(InProcessCli.ADELE);
    String right = cli.variables.get("LATCHKEY_FILE_KEY");
    byte[] other = new byte[32];
    other[0] = 1;
    cli.variables.put("LATCHKEY_FILE_KEY", Base64.getEncoder().encodeToString(other));

    CommandResult result = cli.run("token", "--json");

    assertThat(result.status()).isEqualTo(18);
    assertThat(result.event().get("reason").getAsString()).isEqualTo("wrong_key");
    cli.variables.put("LATCHKEY_FILE_KEY", right);
    cli.run("token").succeeded();
  }

  @Test
  void tildeIsTheHomeDirectory() throws Exception {
    cli.variables.put("HOME", directory.resolve("home").toString());

    cli.run("accounts", "--store", "file:~/tokens").succeeded();

    assertThat(Files.isDirectory(directory.resolve("home/tokens/dev.latchkey.cli"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?", "home"})
  void tildeWithoutAHomeDirectoryIsRefusedAndNothingIsCreated(String home) throws Exception {
    cli.variables.put("HOME", home);
    String name = "no-home-" + directory.getFileName();

    CommandResult result = cli.run("accounts", "--store", "file:~/" + name, "--json");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.event().get("message").getAsString())
        .contains("there is no home directory", "Set HOME");
    assertThat(Path.of(name)).doesNotExist();
    assertThat(Path.of(home, name)).doesNotExist();
    assertThat(cli.run("accounts", "--store", "file:~/").status()).isEqualTo(2);
  }

  @Test
  void tildeAloneIsTheHomeDirectoryToo() throws Exception {
    cli.variables.put("HOME", directory.resolve("home").toString());

    cli.run("accounts", "--store", "file:~").succeeded();
    CommandResult another = cli.run("accounts", "--store", "file:~bruno/tokens");

    assertThat(Files.isDirectory(directory.resolve("home/dev.latchkey.cli"))).isTrue();
    assertThat(another.status()).isEqualTo(2);
    assertThat(another.err()).contains("'~bruno/tokens'");
  }
}
