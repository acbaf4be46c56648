package dev.latchkey.examples.cli.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.examples.fixture.InProcessCli;
import dev.latchkey.testkit.FakeDrive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that the disk permits: up to 255 bytes. */
class LongFileNamesTest {

  private static final List<String> NAMES =
      List.of(
          "x".repeat(201),
          "x".repeat(202),
          "x".repeat(255),
          "ü".repeat(127),
          "\ud83d\ude00".repeat(63));

  @TempDir Path directory;
  private InProcessCli cli;
  private FakeDrive drive;

  @BeforeEach
  void signIn() throws Exception {
    cli = InProcessCli.start(directory);
    cli.variables.put("LATCHKEY_GRAPH_URL", cli.server.graph().url().toString());
    cli.signIn(InProcessCli.ADELE, "--scope", "Files.ReadWrite");
    drive = cli.server.graph().drive(InProcessCli.ADELE);
  }

  @AfterEach
  void stop() {
    cli.close();
  }

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
