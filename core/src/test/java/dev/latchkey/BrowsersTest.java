package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
class BrowsersTest {

  private static final URI PAGE = URI.create("https://example.com/a?b=c&d=$(e)");

  @TempDir Path directory;
  private Path seen;

  /** Browsers that record the address and their environment. */
  @BeforeEach
  void install() throws Exception {
    seen = directory.resolve("seen");
    for (String name : List.of("xdg-open", "wslview")) {
      Path script = directory.resolve(name);
      String lines = "printf '%s\\n' " + name + " \"$1\"; /usr/bin/env";
      Files.writeString(
          script,
          "#!/bin/sh\n{ " + lines + "; } > " + seen + ".new\n/bin/mv " + seen + ".new " + seen);
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private List<String> seen() throws Exception {
    while (!Files.exists(seen)) {
      Thread.onSpinWait();
    }
    return Files.readAllLines(seen);
  }

  @Test
  void pageIsOpenedByTheDesktopWithoutAShell() throws Exception {
    boolean opened =
        Browsers.open(PAGE, Map.of("PATH", "relative:" + directory, "WAYLAND_DISPLAY", "w"));

    assertThat(opened).isTrue();
    assertThat(seen()).startsWith("xdg-open", PAGE.toString());
  }

  @Test
  void browserGetsTheGivenEnvironmentAndNoMore() throws Exception {
    Browsers.open(PAGE, Map.of("PATH", directory.toString(), "DISPLAY", ":7"));

    assertThat(System.getenv()).containsKey("HOME");
    assertThat(seen())
        .contains("DISPLAY=:7", "PATH=" + directory)
        .noneMatch(line -> line.startsWith("HOME="));
  }

  /** Whoever exports them for the command line starts other programs in the same shell. */
  @Test
  void variablesOfTheCommandLineAreNotInherited() {
    Map<String, String> own =
        Map.of(
            "PATH", "/bin", "LATCHKEY_FILE_KEY", "secret", "latchkey_any", "", "MY_LATCHKEY_", "");

    assertThat(Browsers.inheritable(own)).isEqualTo(Map.of("PATH", "/bin", "MY_LATCHKEY_", ""));
  }

  @Test
  void browserOfWindowsIsUsedUnderWsl() throws Exception {
    Browsers.open(PAGE, Map.of("PATH", directory.toString(), "WSL_DISTRO_NAME", "Debian"));

    assertThat(seen()).startsWith("wslview", PAGE.toString());
  }

  @Test
  void nothingIsOpenedWithoutADesktop() {
    assertThat(Browsers.open(PAGE, Map.of("PATH", directory.toString()))).isFalse();
    assertThat(Browsers.open(PAGE, Map.of("PATH", "", "DISPLAY", ":7"))).isFalse();
    assertThat(Browsers.open(PAGE, Map.of("DISPLAY", ":7"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/passwd", "http://example.com/", "mailto:a@b", "--help"})
  void onlyWebPagesThatAreSafeAreOpened(String page) {
    Map<String, String> desktop = Map.of("PATH", directory.toString(), "DISPLAY", ":7");

    assertThatThrownBy(() -> Browsers.open(URI.create(page), desktop))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
