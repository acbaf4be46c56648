package dev.latchkey.graph.internal.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.graph.drive.ConflictBehavior;
import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.graph.drive.ItemRef;
import dev.latchkey.graph.drive.SourceChanged;
import dev.latchkey.graph.drive.UploadOptions;
import dev.latchkey.graph.error.Conflict;
import dev.latchkey.graph.error.OutcomeUnknown;
import dev.latchkey.graph.error.PreconditionFailed;
import dev.latchkey.graph.error.QuotaExceeded;
import dev.latchkey.graph.fixture.DriveFixture;
import dev.latchkey.testkit.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadTest extends DriveFixture {

  private static final int BIG = 13 * UNIT + 1;
  private static final UploadOptions SMALL_SLICES = UploadOptions.defaults().sliceSize(UNIT);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, UNIT - 1, UNIT + 1, 60 << 20, 192 * UNIT, -UNIT})
  void invalidSliceSizesAreRejectedAtOnce(int size) {
    assertThatThrownBy(() -> UploadOptions.defaults().sliceSize(size))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void rootIsNotATarget() {
    assertThatThrownBy(() -> drive.upload(file("f", 1), ItemRef.path("/")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void missingLocalFileIsAnIoFailure() {
    assertThatThrownBy(() -> drive.upload(directory.resolve("none"), at("f")))
        .isInstanceOf(UncheckedIOException.class);
    assertThatThrownBy(() -> drive.upload(directory, at("f")))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(graph.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {10, BIG})
  void takenNameIsReplacedOrRenamedOrAConflict(int size) throws Exception {
    Path file = file("f", size);
    remote.addFile(folder + "f.txt", "before");

    DriveItem replaced = drive.upload(file, at("f.txt"), SMALL_SLICES);
    DriveItem renamed =
        drive.upload(file, at("f.txt"), SMALL_SLICES.conflict(ConflictBehavior.RENAME));

    assertThat(replaced.id()).isEqualTo(remote.itemId(folder + "f.txt"));
    assertThat(renamed.name()).isNotEqualTo("f.txt");
    assertThat(remote.names(folder)).hasSize(2);
    assertThatThrownBy(
            () -> drive.upload(file, at("f.txt"), SMALL_SLICES.conflict(ConflictBehavior.FAIL)))
        .isInstanceOf(Conflict.class);
    assertThat(graph.uploadSessions()).isZero();
  }

  @Test
  void nameTakenInTheMeantimeIsAConflictThatLeavesNothing() throws Exception {
    Path checkpoint = directory.resolve("checkpoint");
    server.fail(
        Fault.meanwhile(() -> remote.addFile(folder + "f", "first"))
            .onRequest(14)
            .to("PUT", "/uploadSession/"));
    UploadOptions options = SMALL_SLICES.conflict(ConflictBehavior.FAIL).checkpoint(checkpoint);

    assertThatThrownBy(() -> drive.upload(file("f", BIG), at("f"), options))
        .isInstanceOf(Conflict.class);
    assertThat(remote.fileText(folder + "f")).isEqualTo("first");
    assertThat(graph.uploadSessions()).isZero();
    assertThat(checkpoint).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(ints = {10, BIG})
  void onlyTheKnownVersionIsReplaced(int size) throws Exception {
    Path file = file("f", size);
    remote.addFile(folder + "f", "one");
    String known = drive.item(at("f")).eTag();
    UploadOptions options = SMALL_SLICES.ifMatch(String.valueOf(known));

    DriveItem second = drive.upload(file, at("f"), options);

    assertThat(second.size()).isEqualTo(size);
    assertThatThrownBy(() -> drive.upload(file, at("f"), options))
        .isInstanceOf(PreconditionFailed.class);
  }

  @Test
  void fileIsReplacedByItsId() throws Exception {
    String id = remote.addFile(folder + "f", "one");

    drive.upload(file("g", 10), ItemRef.id(id));

    assertThat(remote.fileContent(folder + "f")).isEqualTo(bytes(10));
  }

  /** What may happen to the one request of a small upload. */
  enum Loss {
    BEFORE(Fault.drop(), 2),
    AFTER(Fault.drop().afterActing(), 1),
    TRUNCATED(Fault.truncated(), 1),
    TIMEOUT(Fault.status(504).afterActing(), 1);

    @SuppressWarnings("ImmutableEnumChecker") // it is, but says so only in its Javadoc
    final Fault fault;

    final int requests;

    Loss(Fault fault, int requests) {
      this.fault = fault;
      this.requests = requests;
    }
  }

  @ParameterizedTest
  @EnumSource
  void smallUploadThatMustNotReplaceIsSentAgainOnlyIfItDidNotArrive(Loss loss) throws Exception {
    server.fail(loss.fault.to("PUT", "/content"));
    UploadOptions fail = UploadOptions.defaults().conflict(ConflictBehavior.FAIL);

    DriveItem item = drive.upload(file("f", 10), at("f"), fail);

    assertThat(item.id()).isEqualTo(remote.itemId(folder + "f"));
    assertThat(graph.requests("PUT", "/content")).hasSize(loss.requests);
  }

  @ParameterizedTest
  @EnumSource
  void conditionalSmallUploadSucceedsAfterALostResponse(Loss loss) throws Exception {
    remote.addFile(folder + "f", "0123456789");
    String known = String.valueOf(drive.item(at("f")).eTag());
    server.fail(loss.fault.to("PUT", "/content"));

    drive.upload(file("f", 10), at("f"), UploadOptions.defaults().ifMatch(known));

    assertThat(remote.fileContent(folder + "f")).isEqualTo(bytes(10));
    assertThat(graph.requests("PUT", "/content")).hasSize(loss.requests);
  }

  @ParameterizedTest
  @EnumSource
  void smallUploadThatReplacesIsSimplySentAgain(Loss loss) throws Exception {
    server.fail(loss.fault.to("PUT", "/content"));

    drive.upload(file("f", 10), at("f"));

    assertThat(remote.fileContent(folder + "f")).isEqualTo(bytes(10));
    assertThat(graph.requests("PUT", "/content")).hasSize(2);
  }

  @Test
  void smallUploadThatMayHaveBeenRenamedIsUnknown() throws Exception {
    remote.addFile(folder + "f", "taken");
    server.fail(Fault.drop().afterActing().to("PUT", "/content"));
    UploadOptions rename = UploadOptions.defaults().conflict(ConflictBehavior.RENAME);

    assertThatThrownBy(() -> drive.upload(file("f", 10), at("f"), rename))
        .isInstanceOf(OutcomeUnknown.class);
    assertThat(remote.names(folder)).hasSize(2);
  }

  @Test
  void changeBetweenSlicesIsReportedAndNothingIsStored() throws Exception {
    Path file = file("f", BIG);
    Path checkpoint = directory.resolve("checkpoint");
    UploadOptions options =
        SMALL_SLICES
            .checkpoint(checkpoint)
            .progress(
                (bytes, total) -> {
                  if (bytes == 5L * UNIT) {
                    touch(file);
                  }
                });

    assertThatThrownBy(() -> drive.upload(file, at("f"), options))
        .isInstanceOf(SourceChanged.class);
    assertThat(remote.exists(folder + "f")).isFalse();
    assertThat(graph.uploadSessions()).isZero();
    assertThat(checkpoint).doesNotExist();
  }

  @Test
  void changeDuringTheLastSliceIsReportedAndNothingIsStored() throws Exception {
    // Longer than the socket buffers, so its end has not been read yet.
    int size = 64 * UNIT;
    Path file = file("f", size);
    server.fail(Fault.meanwhile(() -> append(file)).to("PUT", "/uploadSession/"));

    assertThatThrownBy(() -> drive.upload(file, at("f"), UploadOptions.defaults().sliceSize(size)))
        .isInstanceOf(SourceChanged.class);
    assertThat(remote.exists(folder + "f")).isFalse();
  }

  @Test
  void fullDriveKeepsTheCheckpointUntilThereIsRoom() throws Exception {
    Path file = file("f", BIG);
    Path checkpoint = directory.resolve("checkpoint");
    UploadOptions options = SMALL_SLICES.checkpoint(checkpoint);
    remote.quota(6L * UNIT);

    assertThatThrownBy(() -> drive.upload(file, at("f"), options))
        .isInstanceOf(QuotaExceeded.class);
    remote.quota(1L << 40);
    server.clearRequests();
    drive.upload(file, at("f"), options);

    assertThat(remote.fileContent(folder + "f")).isEqualTo(bytes(BIG));
    assertThat(graph.requests("PUT", "/uploadSession/")).hasSizeLessThan(14);
    assertThat(checkpoint).doesNotExist();
  }

  private static void touch(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void append(Path file) {
    try {
      Files.write(file, "more".getBytes(UTF_8), APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
