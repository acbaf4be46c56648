package dev.latchkey.examples.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps the rooms of the desktop example apart, so that most of it is tested without a screen. */
class RoomsTest {

  private static final Path SOURCES =
      Path.of("src/main/java/dev/latchkey/examples/desktop").toAbsolutePath();

  private static List<String> windows(String room) throws Exception {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(SOURCES.resolve(room))) {
      for (Path file : files.toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines.stream()
        .filter(line -> line.contains("java.awt.") || line.contains("javax.swing."))
        .toList();
  }

  @Test
  void stateAndWorkKnowNoWindow() throws Exception {
    assertThat(windows("view")).isNotEmpty();
    assertThat(windows("state")).isEmpty();
    assertThat(windows("work")).isEmpty();
  }
}
