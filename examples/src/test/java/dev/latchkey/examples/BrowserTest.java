package dev.latchkey.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class BrowserTest {

  @TempDir Path directory;
  private Cli cli;
  private Path opened;

  /** A desktop whose browser writes down what it is to open. */
  @BeforeEach
  void start() throws Exception {
    cli = Cli.start(directory);
    opened = directory.resolve("opened");
    Path bin = Files.createDirectory(directory.resolve("bin"));
    Path browser = bin.resolve("xdg-open");
    Files.writeString(browser, "#!/bin/sh\nprintf %s \"$1\" > " + opened + "\n");
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
    cli.server.verificationUriComplete(true);

    Result result = cli.signIn(Cli.ADELE);

    Eventually.isTrue(() -> Files.exists(opened) && opened.toFile().length() > 0, "it is open");
    assertThat(Files.readString(opened))
        .isEqualTo(result.events().get(0).get("verification_uri_complete").getAsString());
  }

  @Test
  void opensThePageForTheCodeWhereThereIsNoOther() throws Exception {
    cli.signIn(Cli.ADELE);

    Eventually.isTrue(() -> Files.exists(opened) && opened.toFile().length() > 0, "it is open");
    assertThat(Files.readString(opened)).isEqualTo(cli.server.verificationUri().toString());
  }

  @Test
  void staysClosedWithoutADesktop() {
    Browser browser = new Browser(Map.of("PATH", cli.variables.get("PATH")));

    assertThat(browser.open(URI.create("https://example.com/"))).as("no display").isFalse();
  }

  @Test
  void noBrowserOptionLeavesItClosed() throws Exception {
    cli.signIn(Cli.ADELE, "--no-browser");

    assertThat(opened).doesNotExist();
  }
}
