package dev.latchkey.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.latchkey.examples.fixture.CommandResult;
import dev.latchkey.examples.fixture.Eventually;
import dev.latchkey.examples.fixture.InProcessCli;
import dev.latchkey.examples.fixture.JarProcess;
import dev.latchkey.examples.fixture.RefusingProxy;
import dev.latchkey.testkit.FakeAuthorizationServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program, in its own process. */
@Tag("processes")
class LatchkeyJarIT {

  @TempDir Path directory;
  private final FakeAuthorizationServer server =
      FakeAuthorizationServer.builder().interval(Duration.ofSeconds(1)).start();
  private final Map<String, String> variables = new TreeMap<>();

  @BeforeEach
  void configure() {
    variables.put("LATCHKEY_ISSUER", server.baseUrl() + "/common/v2.0");
    variables.put("LATCHKEY_CLIENT_ID", "1950a258-227b-4e31-a9cf-717495945fc2");
    variables.put("LATCHKEY_STORE", "file:" + directory.resolve("store"));
    variables.put("LATCHKEY_FILE_KEY", Base64.getEncoder().encodeToString(new byte[32]));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void processesShareASession() throws Exception {
    server.approveNext(InProcessCli.ADELE);

    CommandResult signedIn = run("sign-in", "--json", "--no-browser").succeeded();
    CommandResult token = run("token", "--json").succeeded();
    CommandResult signedOut = run("sign-out", "--json").succeeded();

    assertThat(signedIn.events()).hasSize(2);
    assertThat(token.event().get("source").getAsString()).isEqualTo("cache");
    assertThat(signedOut.event().get("event").getAsString()).isEqualTo("signed_out");
    assertThat(run("token").status()).isEqualTo(10);
  }

  @Test
  void nothingSecretLiesInTheStore() throws Exception {
    server.approveNext(InProcessCli.ADELE);

    run("sign-in", "--no-browser").succeeded();

    try (Stream<Path> all = Files.walk(directory.resolve("store"))) {
      List<Path> files = all.filter(Files::isRegularFile).toList();
      assertThat(files).anyMatch(file -> file.toFile().length() > 0);
      for (Path file : files) {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(server.secrets()).as("%s", file).noneMatch(content::contains);
      }
    }
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void ctrlCEndsASignInWith130AndALastLine() throws Exception {
    JarProcess process = start("sign-in", "--json", "--no-browser");
    Eventually.isTrue(() -> process.out().endsWith("\n"), "the code is shown");

    process.signal("INT");

    CommandResult result = process.finish();
    assertThat(result.status()).isEqualTo(130);
    JsonObject last = result.lastEvent();
    assertThat(last.get("event").getAsString()).isEqualTo("error");
    assertThat(last.get("type").getAsString()).isEqualTo("SignInCancelled");
    assertThat(run("accounts", "--json").succeeded().out()).isEmpty();
  }

  /** Every user of the machine can list the arguments of processes. */
  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void noSecretIsAnArgumentOfAProcess() throws Exception {
    server.approveNext(InProcessCli.ADELE);
    run("sign-in", "--no-browser").succeeded();
    JarProcess waiting = start("sign-in", "--json", "--no-browser");
    Eventually.isTrue(() -> waiting.out().endsWith("\n"), "the code is shown");

    List<String> processes =
        ProcessHandle.allProcesses()
            .flatMap(process -> process.info().commandLine().stream())
            .toList();

    waiting.signal("INT");
    waiting.finish();
    assertThat(processes).anyMatch(line -> line.contains("sign-in --json"));
    assertThat(server.secrets()).hasSizeGreaterThan(3); // two device codes, and tokens
    assertThat(processes)
        .noneMatch(line -> server.secrets().stream().anyMatch(line::contains))
        .noneMatch(line -> line.contains(String.valueOf(variables.get("LATCHKEY_FILE_KEY"))));
  }

  @Test
  void logIsSilentByDefaultAndNeverHoldsSecrets() throws Exception {
    server.approveEvery(InProcessCli.ADELE);

    CommandResult silent = run("sign-in", "--json", "--no-browser").succeeded();
    CommandResult loud = run("token", "--json", "--refresh", "-vv").succeeded();

    assertThat(silent.err()).doesNotContain("DEBUG", "INFO", "WARN");
    assertThat(loud.err()).contains("DEBUG");
    assertThat(server.secrets()).noneMatch(secret -> loud.err().contains(secret));
    assertThat(loud.event().get("source").getAsString()).isEqualTo("refresh");
  }

  /** Neither of Java 17 and 25 lets an option of its own replace the locale. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void lettersThatAreLostInACLocaleAreRefused() throws Exception {
    variables.put("LC_ALL", "C");
    CommandResult lost = run("accounts", "--account", "Grüße");
    variables.put("JDK_JAVA_OPTIONS", "-Dsun.jnu.encoding=UTF-8 -Dfile.encoding=UTF-8");
    CommandResult lostToo = run("accounts", "--account", "Grüße");
    variables.remove("JDK_JAVA_OPTIONS");
    variables.put("LC_ALL", "C.UTF-8");
    CommandResult read = run("accounts", "--account", "Grüße");

    for (CommandResult result : List.of(lost, lostToo)) {
      assertThat(result.status()).isEqualTo(2);
      assertThat(result.err()).contains("LC_ALL=C.UTF-8", "ANSI_X3.4-1968");
    }
    assertThat(read.succeeded().err()).contains("No account is signed in");
  }

  /** As {@code | head} does after its last line. The status is what bash says of SIGPIPE. */
  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void pipeThatNobodyReadsAnyLongerEndsACommandSilently() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String script = "set -o pipefail; \"$0\" -jar \"$1\" completion bash | true; echo $? >&2";
    Process bash =
        new ProcessBuilder("bash", "-c", script, java, System.getProperty("latchkey.jar")).start();

    String err = new String(bash.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(err).isEqualTo("141\n");
  }

  @Test
  void passwordGoesToTheProxyInFrontOfHttpsAndIntoNoLog() throws Exception {
    try (RefusingProxy proxy = new RefusingProxy()) {
      variables.put("HTTPS_PROXY", "http://ann:hunter2@127.0.0.1:" + proxy.port());
      variables.put("LATCHKEY_ISSUER", "https://login.example");
      String basic =
          Base64.getEncoder().encodeToString("ann:hunter2".getBytes(StandardCharsets.UTF_8));

      CommandResult result = run("sign-in", "--json", "--no-browser", "-vv");

      assertThat(proxy.lines())
          .contains("CONNECT login.example:443 HTTP/1.1", "Proxy-Authorization: Basic " + basic);
      assertThat(result.status()).isEqualTo(16);
      assertThat(result.out() + result.err()).doesNotContain("hunter2", basic);
    }
  }

  private CommandResult run(String... args) throws Exception {
    return start(args).finish();
  }

  private JarProcess start(String... args) throws IOException {
    return JarProcess.start(directory, variables, List.of(args));
  }
}
