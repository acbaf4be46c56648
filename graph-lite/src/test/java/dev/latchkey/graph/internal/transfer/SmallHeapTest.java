package dev.latchkey.graph.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.graph.fixture.DriveFixture;
import dev.latchkey.graph.fixture.SharedServer;
import dev.latchkey.graph.fixture.SmallJvm;
import dev.latchkey.testkit.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Transfers in processes with a heap of 12 MiB, some of them killed. The server runs in this one.
 */
@Tag("processes")
class SmallHeapTest extends DriveFixture {

  private static final int LARGE = 200 << 20;

  @Test
  void hundredThousandItemsStreamThrough() throws Exception {
    remote.addManyItems(folder + "many", 100_000);

    try (SmallJvm jvm = start("list", folder + "many")) {
      assertThat(jvm.result()).isEqualTo("100000 items, true");
    }
    assertThat(graph.requests("GET", "/children")).hasSize(500);
  }

  @Test
  void largeFileGoesUpInSlicesOfAnySize() throws Exception {
    Path file = largeFile();

    try (SmallJvm jvm = start("up", folder + "f", file.toString(), "1", "16", "191")) {
      assertThat(jvm.result()).isEqualTo("done");
    }

    String hash = sha256(file);
    for (String name : new String[] {"f-1", "f-16", "f-191"}) {
      assertThat(remote.size(folder + name)).isEqualTo(LARGE);
      assertThat(remote.sha256(folder + name)).as(name).isEqualTo(hash);
    }
    assertThat(graph.requests("PUT", "/uploadSession/")).hasSize(640 + 40 + 4);
  }

  @Test
  void largeFileComesDown() throws Exception {
    remote.addGeneratedFile(folder + "f", LARGE);
    Path target = directory.resolve("f");

    try (SmallJvm jvm = start("down", folder + "f", target.toString())) {
      assertThat(jvm.result()).isEqualTo("200");
    }

    assertThat(sha256(target)).isEqualTo(remote.sha256(folder + "f"));
  }

  @Test
  void killedDownloadResumesInTheNextProcess() throws Exception {
    remote.addGeneratedFile(folder + "f", 60 << 20);
    Path target = directory.resolve("f");

    for (String reached : new String[] {"10", "30", "50"}) {
      try (SmallJvm jvm = start("down", folder + "f", target.toString())) {
        jvm.expect(reached);
        jvm.kill();
      }
      assertThat(target).doesNotExist();
    }
    try (SmallJvm jvm = start("down", folder + "f", target.toString())) {
      jvm.result();
    }

    assertThat(sha256(target)).isEqualTo(remote.sha256(folder + "f"));
    long ranges =
        graph.requests("GET", "download").stream()
            .filter(request -> request.header("Range").isPresent())
            .count();
    assertThat(ranges).isEqualTo(3);
  }

  @Test
  @Timeout(240)
  void uploadKilledAtAnySliceResumesInTheNextProcess() throws Exception {
    int slices = 14;
    int size = (slices - 1) * UNIT + 1;
    Path file = file("f", size);
    Path checkpoint = directory.resolve("f.upload");

    for (int slice = 1; slice < slices; slice++) {
      // Each process sends one slice and is killed at the next.
      server.fail(Fault.hang().onRequest(2).to("PUT", "/uploadSession/"));
      killAt(slice * UNIT, file, checkpoint);
      server.clearFaults();
      assertThat(remote.exists(folder + "f")).isFalse();
    }
    server.fail(Fault.hang().afterActing().to("PUT", "/uploadSession/"));
    try (SmallJvm jvm = startUpload(file, checkpoint)) {
      while (!remote.exists(folder + "f")) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
      jvm.kill();
    }
    server.clearFaults();
    try (SmallJvm jvm = startUpload(file, checkpoint)) {
      assertThat(jvm.result()).isEqualTo(Integer.toString(size));
    }

    assertThat(remote.fileContent(folder + "f")).isEqualTo(bytes(size));
    assertThat(graph.requests("POST", "createUploadSession")).hasSize(1);
    assertThat(checkpoint).doesNotExist();
  }

  private void killAt(int reached, Path file, Path checkpoint) throws Exception {
    try (SmallJvm jvm = startUpload(file, checkpoint)) {
      jvm.expect(Integer.toString(reached));
      jvm.kill();
    }
  }

  private SmallJvm startUpload(Path file, Path checkpoint) throws IOException {
    return start("resume-up", folder + "f", file.toString(), checkpoint.toString());
  }

  private SmallJvm start(String... command) throws IOException {
    return SmallJvm.start(graph.url(), SharedServer.TOKENS.get().value(), command);
  }

  private Path largeFile() throws IOException {
    Path file = directory.resolve("large");
    byte[] chunk = new byte[1 << 20];
    SplittableRandom random = new SplittableRandom(1);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < LARGE >> 20; i++) {
        random.nextBytes(chunk);
        out.write(chunk);
      }
    }
    return file;
  }

  private static String sha256(Path file) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
