package dev.latchkey.examples.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.examples.fixture.CommandResult;
import dev.latchkey.examples.fixture.Eventually;
import dev.latchkey.examples.fixture.InProcessCli;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class DesktopBrowserTest {

  @TempDir Path directory;
  private InProcessCli cli;
  private Path opened;
  private Path environment;

  /** A desktop whose browser records the address that it should open. */
  @BeforeEach
  void start() throws Exception {
    cli = InProcessCli.start(directory);
    opened = directory.resolve("opened");
    environment = directory.resolve("environment");
    Path bin = Files.createDirectory(directory.resolve("bin"));
    Path browser = bin.resolve("xdg-open");
    Files.writeString(
        browser,
        "#!/bin/sh\n/usr/bin/env > " + environment + "\nprintf %s \"$1\" > " + opened + "\n");
    Files.setPosixFilePermissions(browser, PosixFilePermissions.fromString("rwx------"));
    cli.variables.put("DISPLAY", ":7");
    cli.variables.put("PATH", "/nonexistent:" + bin);
  }

  @AfterEach
  void stop() {
    cli.close();
  }

  @Test
  void opensThePageThatNeedsNoTyping() throws Exception {
    cli.discover();
    cli.server.settings().verificationUriComplete(true);

    CommandResult result = cli.signIn(InProcessCli.ADELE);

    Eventually.isTrue(() -> Files.exists(opened) && opened.toFile().length() > 0, "it is open");
    assertThat(Files.readString(opened))
        .isEqualTo(result.events().get(0).get("verification_uri_complete").getAsString());
  }

  @Test
  void opensThePageForTheCodeIfThereIsNoOther() throws Exception {
    cli.signIn(InProcessCli.ADELE);

    Eventually.isTrue(() -> Files.exists(opened) && opened.toFile().length() > 0, "it is open");
    assertThat(Files.readString(opened)).isEqualTo(cli.server.verificationUri().toString());
  }

  /** The build gives this process such a variable; the key of a file store is another. */
  @Test
  void browserInheritsNoVariableOfTheCommandLine() throws Exception {
    assertThat(System.getenv()).containsEntry("LATCHKEY_INHERITED", "secret").containsKey("PATH");

    cli.signIn(InProcessCli.ADELE);

    Eventually.isTrue(() -> Files.exists(opened) && opened.toFile().length() > 0, "it is open");
    assertThat(Files.readAllLines(environment))
        .anyMatch(line -> line.startsWith("PATH="))
        .noneMatch(line -> line.startsWith("LATCHKEY_"));
  }

  /** Such as the shell that is asked whether standard error is a terminal. */
  @Test
  void nothingElseInThisModuleStartsProcesses() throws Exception {
    List<String> starting = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
      for (Path file : files.filter(file -> file.toString().endsWith(".java")).toList()) {
        String code = Files.readString(file);
        if (code.contains("new ProcessBuilder") || code.contains(".exec(")) {
          starting.add(file.getFileName().toString());
        }
      }
    }

    assertThat(starting).containsExactly("ChildProcess.java");
  }

  @Test
  void staysClosedWithoutADesktop() {
    DesktopBrowser browser = new DesktopBrowser(Map.of("PATH", cli.variables.get("PATH")));

    assertThat(browser.open(URI.create("https://example.com/"))).as("no display").isFalse();
  }

  @Test
  void noBrowserOptionKeepsTheBrowserClosed() throws Exception {
    cli.signIn(InProcessCli.ADELE, "--no-browser");

    assertThat(opened).doesNotExist();
  }
}
