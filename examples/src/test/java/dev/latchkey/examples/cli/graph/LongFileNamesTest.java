package dev.latchkey.examples.cli.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.examples.fixture.DriveCliTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Names that the disk permits: up to 255 bytes. */
class LongFileNamesTest extends DriveCliTest {

  private static final List<String> NAMES =
      List.of(
          "x".repeat(201),
          "x".repeat(202),
          "x".repeat(255),
          "ü".repeat(127),
          "\ud83d\ude00".repeat(63));

  @Test
  void anyNameThatTheDiskPermitsIsDownloaded() throws Exception {
    Path target = Files.createDirectory(directory.resolve("down"));
    for (String name : NAMES) {
      drive.addFile(name, "content of " + name);

      cli.run("graph", "get", "/" + name, target.toString()).succeeded();

      assertThat(target.resolve(name)).hasContent("content of " + name);
    }
    assertThat(target.toFile().list()).hasSize(NAMES.size());
  }

  @Test
  void anyNameThatTheDiskPermitsIsUploadedWithACheckpoint() throws Exception {
    Path source = Files.createDirectory(directory.resolve("up"));
    byte[] bytes = new byte[4_300_000]; // more than one request takes
    new Random(1).nextBytes(bytes);
    for (String name : NAMES) {
      Path file = Files.write(source.resolve(name), bytes);

      cli.run("graph", "put", file.toString(), "/").succeeded();

      assertThat(drive.fileContent(name)).isEqualTo(bytes);
    }
    assertThat(source.toFile().list()).hasSize(NAMES.size());
  }
}
