package dev.latchkey.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.examples.fixture.CommandResult;
import dev.latchkey.examples.fixture.JarProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher beside the packaged program, in a process of its own. */
@Tag("processes")
@DisabledOnOs(OS.WINDOWS)
class LauncherIT {

  private static final Path PACKAGED = Path.of(System.getProperty("latchkey.jar"));

  @TempDir Path directory;

  @Test
  void linkToItStartsTheProgramWithTheArchiveOfClasses() throws Exception {
    Path link = Files.createDirectory(directory.resolve("on the path")).resolve("latchkey");
    Files.createSymbolicLink(link, launcherOf(PACKAGED));
    Map<String, String> variables = java();
    variables.put("JDK_JAVA_OPTIONS", "-Xshare:on"); // ends the JVM if the archive does not fit

    CommandResult version = run(link, variables, "--version").succeeded();

    assertThat(version.out()).startsWith("latchkey ");
  }

  @Test
  void archiveThatDoesNotFitIsPassedOverWithoutAWord() throws Exception {
    Path copy = Files.createDirectories(directory.resolve("a copy").resolve("bin"));
    Path jar = copy.resolveSibling("latchkey.jar");
    Files.copy(launcherOf(PACKAGED), copy.resolve("latchkey"));
    Files.copy(PACKAGED, jar);
    Files.copy(PACKAGED.resolveSibling("latchkey.jsa"), jar.resolveSibling("latchkey.jsa"));
    assertThat(copy.resolve("latchkey").toFile().setExecutable(true)).isTrue();

    CommandResult version = run(launcherOf(jar), java(), "--version").succeeded();

    assertThat(version.out()).startsWith("latchkey ").hasLineCount(1);
    assertThat(version.err()).isEmpty();
  }

  @Test
  void argumentsAndStatusPassThrough() throws Exception {
    CommandResult wrong = run(launcherOf(PACKAGED), java(), "token", "--no such option");

    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("--no such option");
  }

  private static Path launcherOf(Path jar) {
    return jar.resolveSibling("bin").resolve("latchkey");
  }

  private static Map<String, String> java() {
    return new TreeMap<>(Map.of("JAVA_HOME", System.getProperty("java.home")));
  }

  private CommandResult run(Path launcher, Map<String, String> variables, String... args)
      throws Exception {
    return JarProcess.startLauncher(directory, variables, launcher, List.of(args)).finish();
  }
}
