package dev.latchkey.examples.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.latchkey.examples.fixture.CommandResult;
import dev.latchkey.examples.fixture.InProcessCli;
import dev.latchkey.testkit.Endpoint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileTest {

  @TempDir Path directory;
  private InProcessCli cli;
  private Path file;

  @BeforeEach
  void start() {
    cli = InProcessCli.start(directory);
    file = directory.resolve("config/latchkey/config");
  }

  @AfterEach
  void stop() {
    cli.close();
  }

  private void write(String... lines) throws Exception {
    Files.createDirectories(file.getParent());
    Files.writeString(file, String.join("\n", lines));
  }

  /** Forgets what the environment says of the server. */
  private void withoutServer() {
    cli.variables.remove("LATCHKEY_ENTRA");
    cli.variables.remove("LATCHKEY_AUTHORITY_HOST");
    cli.variables.remove("LATCHKEY_CLIENT_ID");
  }

  @Test
  void profileSignsInWithoutAnyOtherOption() throws Exception {
    withoutServer();
    write(
        "# the office",
        "[ work ]",
        "  issuer = " + cli.server.baseUrl() + "/common/v2.0\r",
        "client-id=from-the-profile",
        "scope = User.Read Mail.Read",
        "json = yes",
        "; the end",
        "",
        "[home]",
        "client-id = other");
    cli.server.approveNext(InProcessCli.ADELE);

    CommandResult result = cli.run("sign-in", "--profile", "work").succeeded();

    var begun = cli.server.requests(Endpoint.DEVICE_AUTHORIZATION).get(0);
    assertThat(begun.form().get("client_id")).isEqualTo("from-the-profile");
    assertThat(begun.form().get("scope")).contains("User.Read", "Mail.Read");
    assertThat(result.events()).hasSize(2);
  }

  @Test
  void environmentCountsMoreThanTheProfileAndTypedOptionsMost() throws Exception {
    write("[work]", "client-id = profile", "app = profile.app", "store = memory");
    cli.variables.put("LATCHKEY_PROFILE", "work");
    cli.variables.put("LATCHKEY_CLIENT_ID", "environment");

    JsonObject status = cli.run("status", "--json").succeeded().event();
    JsonObject typed = cli.run("status", "--json", "--client-id=typed").succeeded().event();
    cli.variables.remove("LATCHKEY_CLIENT_ID");
    JsonObject profile = cli.run("status", "--json").succeeded().event();

    assertThat(status.get("client_id").getAsString()).isEqualTo("environment");
    assertThat(status.get("profile").getAsString()).isEqualTo("work");
    assertThat(typed.get("client_id").getAsString()).isEqualTo("typed");
    assertThat(profile.get("client_id").getAsString()).isEqualTo("profile");
    assertThat(directory.resolve("store/profile.app")).isDirectory();
  }

  @Test
  void defaultProfileAppliesUnlessAnotherIsNamed() throws Exception {
    cli.variables.remove("LATCHKEY_CLIENT_ID");
    write("[default]", "client-id = usual", "[other]", "client-id = unusual");
    cli.variables.put("LATCHKEY_PROFILE", "other");

    JsonObject named = cli.run("status", "--json", "--profile=default").succeeded().event();
    JsonObject other = cli.run("status", "--json").succeeded().event();
    cli.variables.remove("LATCHKEY_PROFILE");
    JsonObject none = cli.run("status", "--json").succeeded().event();

    assertThat(named.get("client_id").getAsString()).isEqualTo("usual");
    assertThat(other.get("client_id").getAsString()).isEqualTo("unusual");
    assertThat(none.get("client_id").getAsString()).isEqualTo("usual");
    assertThat(none.get("profile").getAsString()).isEqualTo("default");
  }

  @Test
  void serverOfTheEnvironmentOverridesTheOneOfTheProfile() throws Exception {
    write("[default]", "issuer = https://profile.example");

    JsonObject environment = cli.run("status", "--json").succeeded().event();
    withoutServer();
    JsonObject typed =
        cli.run("status", "--json", "--entra=common", "--client-id=x").succeeded().event();
    JsonObject profile = cli.run("status", "--json", "--client-id=x").succeeded().event();

    assertThat(environment.get("authorization_server").getAsString()).startsWith("Entra ID");
    assertThat(typed.get("authorization_server").getAsString()).startsWith("Entra ID");
    assertThat(profile.get("authorization_server").getAsString())
        .isEqualTo("https://profile.example");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "client-id: x                    | neither a line [NAME] nor a line OPTION = VALUE",
        "[no end                         | neither a line [NAME] nor a line OPTION = VALUE",
        "cliend-id = x                   | 'cliend-id' is not an option",
        "--client-id = x                 | neither a line [NAME] nor a line OPTION = VALUE",
        "profile = other                 | 'profile' is not an option",
        "help = true                     | 'help' is not an option",
        "[work]                          | there is a profile 'work' already",
        "app = other                     | 'app' is set at",
      })
  void invalidLineIsReportedWithFileAndLine(String line, String message) throws Exception {
    write("[work]", "app = some", line);

    CommandResult result = cli.run("status", "--profile", "work", "--json");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.event().get("type").getAsString()).isEqualTo("WrongUsage");
    assertThat(result.event().get("message").getAsString())
        .startsWith(file + ":3: ")
        .contains(message);
    assertThat(result.event().get("remedy").getAsString()).isNotBlank();
  }

  @Test
  void mistypedOptionIsReportedWithTheRightOne() throws Exception {
    write("[default]", "cliend-id = x");

    assertThat(cli.run("status").err()).contains("Did you mean client-id?");
  }

  @Test
  void lineBeforeTheFirstProfileAndOneOfOtherBytesAreReportedWithTheirNumbers() throws Exception {
    write("", "app = some");
    CommandResult outside = cli.run("status");
    Files.write(file, "[default]\napp = \u00fc\n".getBytes(StandardCharsets.ISO_8859_1));
    CommandResult bytes = cli.run("status");

    assertThat(outside.status()).isEqualTo(2);
    assertThat(outside.err()).contains(file + ":2: 'app' is outside of a profile");
    assertThat(bytes.status()).isEqualTo(2);
    assertThat(bytes.err()).contains(file + ":2: this is not UTF-8 text");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"file-key", "FILE_KEY", "LATCHKEY_FILE_KEY", "access-token", "client-secret"})
  void secretsInTheFileAreRefusedAndNotRepeated(String name) throws Exception {
    write("[default]", "app = some", name + " = c2VjcmV0");

    CommandResult result = cli.run("accounts", "-vv");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains(file + ":3: ").doesNotContain("c2VjcmV0");
  }

  @ParameterizedTest
  @CsvSource({
    "cloud, mars, is not global",
    "store, paper, --store must be keyring",
    "app, ../other, --app must consist of",
    "authority-host, http://a.example, --authority-host",
    "verbose, 7, --verbose must be"
  })
  void valueThatIsInvalidIsReportedWithFileAndLine(String option, String value, String message)
      throws Exception {
    cli.variables.remove("LATCHKEY_STORE");
    cli.variables.remove("LATCHKEY_AUTHORITY_HOST");
    write("[default]", "# the line below", option + " = " + value);

    CommandResult result = cli.run("status");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains(message, "(" + file + ":3)").hasLineCount(2);
  }

  @Test
  void valueThatIsTypedIsNotBlamedOnTheFile() throws Exception {
    write("[default]", "app = fine");

    CommandResult result = cli.run("status", "--app", "../other");

    assertThat(result.err()).contains("--app must consist of").doesNotContain(file.toString());
  }

  @Test
  void serversThatExcludeEachOtherAreReportedWithTheirLines() throws Exception {
    withoutServer();
    write("[default]", "client-id = x", "entra = common", "issuer = https://a.example");

    CommandResult result = cli.run("status");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("exclude each other", file + ":3", file + ":4");
  }

  @Test
  void profileThatDoesNotExistIsReportedWithThoseThatDo() throws Exception {
    CommandResult noFile = cli.run("status", "--profile", "work");
    write("[home]", "[office]");
    CommandResult noProfile = cli.run("status", "--profile=work", "--json");

    assertThat(noFile.status()).isEqualTo(2);
    assertThat(noFile.err()).contains("'work'", "there is no file " + file);
    assertThat(noProfile.status()).isEqualTo(2);
    assertThat(noProfile.event().get("message").getAsString())
        .isEqualTo("There is no profile 'work' in " + file);
    assertThat(noProfile.event().get("remedy").getAsString()).contains("home, office");
  }

  @Test
  void brokenFileIsTheErrorEvenIfAnOptionSeemsToBeMissing() throws Exception {
    write("[default]", "subject");

    CommandResult result = cli.run("graph", "mail", "send", "text");

    assertThat(result.err()).contains(file + ":2: ").doesNotContain("Missing");
  }

  @Test
  void helpWorksWithABrokenFile() throws Exception {
    write("nonsense");

    assertThat(cli.run("help", "token").succeeded().out()).contains("latchkey token");
    assertThat(cli.run("token", "--help").succeeded().out()).contains("latchkey token");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void fileThatEveryoneCanWriteIsRefused() throws Exception {
    write("[default]", "issuer = https://evil.example");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

    CommandResult result = cli.run("status");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains(file + " can be written by every user", "chmod go-w");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
    assertThat(cli.run("status").status()).isEqualTo(0);
  }

  @Test
  void configurationIsInTheHomeDirectoryByDefault() throws Exception {
    cli.variables.put("XDG_CONFIG_HOME", "relative");
    cli.variables.put("HOME", directory.resolve("home").toString());
    file = directory.resolve("home/.config/latchkey/config");
    write("[default]", "app = from.home");

    cli.run("status").succeeded();

    assertThat(directory.resolve("store/from.home")).isDirectory();
  }
}
