package dev.latchkey.graph.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.graph.drive.ConflictBehavior;
import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.graph.drive.SourceChanged;
import dev.latchkey.graph.drive.UploadOptions;
import dev.latchkey.graph.fixture.DriveFixture;
import dev.latchkey.graph.fixture.InterruptedCall;
import dev.latchkey.graph.fixture.KilledTransfer;
import dev.latchkey.testkit.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Uploads that one process starts and another finishes. */
class UploadCheckpointTest extends DriveFixture {

  private static final int SLICES = 14;
  private static final int SIZE = (SLICES - 1) * UNIT + 1;

  private Path file;
  private Path checkpoint;
  private UploadOptions options;

  @BeforeEach
  void prepare() throws IOException {
    file = file("f", SIZE);
    checkpoint = directory.resolve("f.upload");
    options = UploadOptions.defaults().sliceSize(UNIT).checkpoint(checkpoint);
  }

  @Test
  void uploadKilledAfterEachSliceStoresTheSameBytes() {
    for (int slice = 0; slice < SLICES; slice++) {
      String name = "after-" + slice;
      server.clearRequests();

      killAt(name, (long) slice * UNIT);
      drive.upload(file, at(name), options);

      assertThat(remote.fileContent(folder + name)).as(name).isEqualTo(bytes(SIZE));
      assertThat(graph.requests("POST", "createUploadSession")).as(name).hasSize(1);
      assertThat(graph.requests("PUT", "/uploadSession/")).as(name).hasSize(SLICES);
      assertThat(checkpoint).doesNotExist();
    }
  }

  @Test
  void downloadKilledRepeatedlyArrives() {
    for (int slice = 0; slice < SLICES; slice++) {
      killAt("f", (long) slice * UNIT);
    }

    drive.upload(file, at("f"), options);

    assertThat(remote.fileContent(folder + "f")).isEqualTo(bytes(SIZE));
    assertThat(graph.requests("PUT", "/uploadSession/")).hasSize(SLICES);
  }

  @Test
  void uploadKilledBeforeTheLastResponseIsNotStoredTwice() throws Exception {
    server.fail(
        Fault.drop().afterActing().onRequest(SLICES).to("PUT", "/uploadSession/"),
        Fault.hang().to("GET", "/uploadSession/"));
    Throwable seen =
        InterruptedCall.during(
            () -> drive.upload(file, at("f"), options),
            () -> !graph.requests("GET", "/uploadSession/").isEmpty());
    assertThat(seen).isInstanceOf(CancellationException.class);
    assertThat(checkpoint).exists();

    DriveItem item = drive.upload(file, at("f"), options);

    assertThat(item).isEqualTo(drive.item(at("f")));
    assertThat(remote.fileContent(folder + "f")).isEqualTo(bytes(SIZE));
    assertThat(graph.requests("PUT", "/uploadSession/")).hasSize(SLICES);
    assertThat(checkpoint).doesNotExist();
  }

  @Test
  void interruptInTheMiddleOfASliceLosesNothing() throws Exception {
    graph.settings().keepPartialSlices(true);
    UploadOptions large = options.sliceSize(5 * UNIT);
    server.fail(Fault.hang().onRequest(2).to("PUT", "/uploadSession/"));

    Throwable seen =
        InterruptedCall.during(
            () -> drive.upload(file, at("f"), large),
            () -> graph.requests("PUT", "/uploadSession/").size() == 2);
    drive.upload(file, at("f"), large);

    assertThat(seen).isInstanceOf(CancellationException.class);
    assertThat(remote.fileContent(folder + "f")).isEqualTo(bytes(SIZE));
  }

  @Test
  void onlyTheOwnerCanReadTheCheckpoint() {
    List<String> permissions = new ArrayList<>();

    drive.upload(
        file,
        at("f"),
        options.progress(
            (bytes, total) -> {
              if (bytes < total) {
                permissions.add(permissions());
              }
            }));

    assertThat(permissions).hasSize(SLICES).containsOnly("rw-------");
  }

  @Test
  void checkpointThatOthersCanWriteIsNotTrusted() throws Exception {
    killAt("f", 3L * UNIT);
    Files.setPosixFilePermissions(checkpoint, PosixFilePermissions.fromString("rw-rw-rw-"));

    drive.upload(file, at("f"), options);

    assertThat(graph.requests("POST", "createUploadSession")).hasSize(2);
    assertThat(remote.fileContent(folder + "f")).isEqualTo(bytes(SIZE));
  }

  @Test
  void checkpointOfAnotherUploadIsNotUsed() throws Exception {
    killAt("f", 3L * UNIT);

    drive.upload(file, at("g"), options);
    killAt("f", 3L * UNIT);
    drive.upload(file, at("f"), options.conflict(ConflictBehavior.FAIL));
    killAt("h", 3L * UNIT);
    Files.write(file, bytes(SIZE + 1));
    drive.upload(file, at("h"), options);

    assertThat(graph.requests("POST", "createUploadSession")).hasSize(6);
    assertThat(remote.fileContent(folder + "f")).isEqualTo(bytes(SIZE));
    assertThat(remote.fileContent(folder + "g")).isEqualTo(bytes(SIZE));
    assertThat(remote.fileContent(folder + "h")).isEqualTo(bytes(SIZE + 1));
  }

  @Test
  void unnoticedRewriteBetweenTwoProcessesIsUploadedAgain() throws Exception {
    killAt("f", 5L * UNIT);
    byte[] rewritten = rewriteUnnoticed();
    giveHashes("f");

    drive.upload(file, at("f"), options);

    assertThat(remote.fileContent(folder + "f")).isEqualTo(rewritten);
    assertThat(graph.requests("POST", "createUploadSession")).hasSize(2);
    assertThat(checkpoint).doesNotExist();
  }

  @Test
  void unnoticedRewriteThatMustNotBeReplacedIsReported() throws Exception {
    UploadOptions fail = options.conflict(ConflictBehavior.FAIL);
    assertThatThrownBy(
            () -> drive.upload(file, at("f"), fail.progress(KilledTransfer.at(5L * UNIT))))
        .isInstanceOf(KilledTransfer.class);
    rewriteUnnoticed();
    giveHashes("f");

    assertThatThrownBy(() -> drive.upload(file, at("f"), fail)).isInstanceOf(SourceChanged.class);
    assertThat(checkpoint).doesNotExist();
  }

  @Test
  void invalidCheckpointIsReplaced() throws Exception {
    for (String nonsense : List.of("", "{", "[]", "{\"version\":99}", "\u0000\u0001")) {
      Files.writeString(checkpoint, nonsense);
      Files.setPosixFilePermissions(checkpoint, PosixFilePermissions.fromString("rw-------"));

      drive.upload(file, at("f"), options);

      assertThat(checkpoint).doesNotExist();
    }
    assertThat(remote.fileContent(folder + "f")).isEqualTo(bytes(SIZE));
  }

  @Test
  void checkpointThatCannotBeWrittenIsAnIoFailure() {
    UploadOptions nowhere = options.checkpoint(directory.resolve("none/checkpoint"));

    assertThatThrownBy(() -> drive.upload(file, at("f"), nowhere))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(remote.exists(folder + "f")).isFalse();
  }

  @Test
  void sessionForgottenInTheMeantimeIsReplaced() {
    killAt("f", 5L * UNIT);
    graph.forgetUploadSessions();

    drive.upload(file, at("f"), options);

    assertThat(remote.fileContent(folder + "f")).isEqualTo(bytes(SIZE));
    assertThat(graph.requests("POST", "createUploadSession")).hasSize(2);
  }

  /** Changes the first byte of the file and restores its time. */
  private byte[] rewriteUnnoticed() throws IOException {
    FileTime modified = Files.getLastModifiedTime(file);
    byte[] rewritten = bytes(SIZE);
    rewritten[0]++;
    Files.write(file, rewritten);
    Files.setLastModifiedTime(file, modified);
    return rewritten;
  }

  /** Makes responses to slices report the hash of the stored bytes. */
  private void giveHashes(String name) {
    server.fail(
        Fault.rewrite(
                body -> {
                  if (!remote.exists(folder + name)) {
                    return body;
                  }
                  byte[] stored = remote.fileContent(folder + name);
                  ContentFingerprint hash = new ContentFingerprint(null);
                  hash.update(stored, stored.length);
                  String hashes = "\"hashes\":{\"quickXorHash\":\"" + hash.quickXorHash() + "\"}";
                  return body.replace("\"file\":{", "\"file\":{" + hashes + ",");
                })
            .always()
            .to("PUT", "/uploadSession/"));
  }

  private void killAt(String name, long bytes) {
    assertThatThrownBy(
            () -> drive.upload(file, at(name), options.progress(KilledTransfer.at(bytes))))
        .isInstanceOf(KilledTransfer.class);
  }

  private String permissions() {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(checkpoint));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
