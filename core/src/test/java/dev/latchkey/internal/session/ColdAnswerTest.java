package dev.latchkey.internal.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.fixture.ColdProgram;
import dev.latchkey.fixture.Gate;
import dev.latchkey.fixture.Jwt;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.RotatingServer;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.store.EncryptedFileTokenStore;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Between the answer to a refresh and its save, a {@code kill -9} loses the new refresh token. In a
 * JVM that has just started, loading classes would be most of that time.
 */
@Tag("processes")
class ColdAnswerTest {

  /**
   * What is left is the JDK's reading of a response, which only a response can load: 36 classes on
   * JDK 17, 45 on JDK 25. Without the rehearsal it was 178 and 179.
   */
  private static final int MAX_CLASSES = 70;

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  @TempDir Path directory;

  @Test
  @Timeout(120)
  void firstRefreshOfAProcessLoadsFewClassesBetweenTheAnswerAndItsSave() throws Exception {
    RefreshRun run =
        new RefreshRun(server, EncryptedFileTokenStore.open(directory.resolve("s"), new byte[32]))
            .expired();
    Gate gate = new Gate();
    RotatingServer rotating =
        new RotatingServer()
            .with(
                Map.of(
                    "id_token",
                    Jwt.of(Jwt.claims(RefreshRun.account().issuer()).with("sub", "alice"))));
    server.answerBy(
        "/token",
        request ->
            rotating.apply(request, "Date: Sun, 01 Mar 2026 12:00:00 GMT").after(gate::pass));
    Path log = directory.resolve("classes.log");

    List<String> loaded = loadedByAColdRefresh(log, gate);

    assertThat(run.storedRefreshToken()).isEqualTo("refresh-1");
    assertThat(loaded).hasSizeLessThan(MAX_CLASSES);
    assertThat(loaded).noneMatch(name -> name.startsWith("dev.latchkey."));
  }

  private List<String> loadedByAColdRefresh(Path log, Gate gate) throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + log + ":none",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                ColdProgram.class.getName(),
                directory.resolve("s").toString(),
                server.at("/").toString())
            .redirectError(Redirect.INHERIT)
            .start();
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
      assertThat(said.readLine()).isEqualTo("ready");
      tell(child);
      gate.awaitArrival();
      tell(child);
      assertThat(said.readLine()).isEqualTo("marked");
      gate.open();
      assertThat(said.readLine()).isEqualTo("access-1");
      assertThat(child.waitFor()).isZero();
    } finally {
      child.destroyForcibly();
    }
    List<String> all =
        Files.readAllLines(log).stream().map(line -> line.replaceFirst(" .*", "")).toList();
    int from = all.indexOf(ColdProgram.BeforeTheAnswer.class.getName());
    int to = all.indexOf(ColdProgram.AfterTheSave.class.getName());
    assertThat(from).isNotNegative();
    assertThat(to).isGreaterThan(from);
    return all.subList(from + 1, to);
  }

  private static void tell(Process child) throws Exception {
    child.getOutputStream().write('\n');
    child.getOutputStream().flush();
  }
}
