package dev.latchkey.graph.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.graph.error.MalformedAnswer;
import dev.latchkey.graph.error.NotFound;
import dev.latchkey.graph.error.PreconditionFailed;
import dev.latchkey.graph.error.TokenRejected;
import dev.latchkey.graph.fixture.DriveFixture;
import dev.latchkey.graph.fixture.InterruptedCall;
import dev.latchkey.graph.fixture.KilledTransfer;
import dev.latchkey.testkit.Endpoint;
import dev.latchkey.testkit.Fault;
import dev.latchkey.testkit.RecordedRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadTest extends DriveFixture {

  private static final int SIZE = 1_500_000;

  private Path target;
  private Path part;

  @BeforeEach
  void put() {
    remote.addFile(folder + "f", bytes(SIZE));
    target = directory.resolve("down.bin");
    part = directory.resolve("down.bin.part");
  }

  @Test
  void brokenDownloadResumes() throws Exception {
    server.fail(
        Fault.cutAfter(400_000).to(Endpoint.DOWNLOAD), Fault.cutAfter(7).to(Endpoint.DOWNLOAD));

    drive.download(at("f"), target);

    assertThat(target).hasBinaryContent(bytes(SIZE));
    assertThat(server.requests(Endpoint.DOWNLOAD)).hasSize(3);
    assertThat(rangeOf(0)).isEmpty();
    assertThat(rangeOf(1)).startsWith("bytes=").doesNotContain("=0-");
    assertThat(server.requests(Endpoint.DOWNLOAD).get(1).header("If-Range")).isPresent();
    assertThat(graph.requests("GET", "/content$")).hasSize(1);
    assertOnlyTheTargetIsLeft();
  }

  @Test
  void streamResumes() throws Exception {
    server.fail(Fault.cutAfter(400_000).times(2).to(Endpoint.DOWNLOAD));
    ByteArrayOutputStream stream = new ByteArrayOutputStream();

    drive.download(at("f"), stream);

    assertThat(stream.toByteArray()).isEqualTo(bytes(SIZE));
  }

  @Test
  void anotherProcessResumesAfterAKill() throws Exception {
    assertThatThrownBy(() -> drive.download(at("f"), target, KilledTransfer.at(800_000)))
        .isInstanceOf(KilledTransfer.class);
    long there = Files.size(part);
    assertThat(there).isGreaterThanOrEqualTo(800_000);
    assertThat(target).doesNotExist();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(part)))
        .isEqualTo("rw-------");
    server.clearRequests();

    drive.download(at("f"), target);

    assertThat(target).hasBinaryContent(bytes(SIZE));
    assertThat(rangeOf(0)).isEqualTo("bytes=" + there + "-");
    assertOnlyTheTargetIsLeft();
  }

  @Test
  void completePartIsFetchedAgainForOneByteOnly() throws Exception {
    assertThatThrownBy(() -> drive.download(at("f"), target, KilledTransfer.at(SIZE)))
        .isInstanceOf(KilledTransfer.class);
    server.clearRequests();

    drive.download(at("f"), target);

    assertThat(target).hasBinaryContent(bytes(SIZE));
    assertThat(server.requests(Endpoint.DOWNLOAD)).hasSize(1);
    assertThat(rangeOf(0)).isEqualTo("bytes=" + (SIZE - 1) + "-");
  }

  @Test
  void completeButOutdatedPartIsFetchedAgain() throws Exception {
    assertThatThrownBy(() -> drive.download(at("f"), target, KilledTransfer.at(SIZE)))
        .isInstanceOf(KilledTransfer.class);
    remote.addFile(folder + "f", other());

    drive.download(at("f"), target);

    assertThat(target).hasBinaryContent(other());
  }

  @Test
  void fileThatChangedBetweenTwoProcessesIsNotMixed() throws Exception {
    assertThatThrownBy(() -> drive.download(at("f"), target, KilledTransfer.at(800_000)))
        .isInstanceOf(KilledTransfer.class);
    remote.addFile(folder + "f", other());

    drive.download(at("f"), target);

    assertThat(target).hasBinaryContent(other());
    assertOnlyTheTargetIsLeft();
  }

  @Test
  void fileThatChangesDuringTheDownloadIsNotMixed() throws Exception {
    server.fail(
        Fault.cutAfter(400_000).to(Endpoint.DOWNLOAD),
        Fault.meanwhile(() -> remote.addFile(folder + "f", other()))
            .onRequest(1)
            .to(Endpoint.DOWNLOAD));

    drive.download(at("f"), target);

    assertThat(target).hasBinaryContent(other());
  }

  @Test
  void changeDuringAStreamIsReported() {
    server.fail(
        Fault.cutAfter(400_000).to(Endpoint.DOWNLOAD),
        Fault.meanwhile(() -> remote.addFile(folder + "f", other()))
            .onRequest(1)
            .to(Endpoint.DOWNLOAD));

    assertThatThrownBy(() -> drive.download(at("f"), new ByteArrayOutputStream()))
        .isInstanceOf(PreconditionFailed.class);
  }

  @Test
  void hostThatIgnoresRangesIsReadFromTheStart() throws Exception {
    graph.settings().ignoreRanges(true);
    server.fail(Fault.cutAfter(400_000).times(2).to(Endpoint.DOWNLOAD));
    ByteArrayOutputStream stream = new ByteArrayOutputStream();

    drive.download(at("f"), target);
    server.fail(Fault.cutAfter(400_000).times(2).to(Endpoint.DOWNLOAD));
    drive.download(at("f"), stream);

    assertThat(target).hasBinaryContent(bytes(SIZE));
    assertThat(stream.toByteArray()).isEqualTo(bytes(SIZE));
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 410})
  void expiredUrlIsReplaced(int status) {
    server.fail(
        Fault.cutAfter(400_000).to(Endpoint.DOWNLOAD),
        Fault.status(status).onRequest(1).to(Endpoint.DOWNLOAD));

    drive.download(at("f"), target);

    assertThat(target).hasBinaryContent(bytes(SIZE));
    assertThat(graph.requests("GET", "/content$")).hasSize(2);
    assertThat(rangeOf(2)).isNotEmpty();
  }

  @Test
  void urlsThatNeverWorkEnd() {
    server.fail(Fault.status(401).always().to(Endpoint.DOWNLOAD));

    assertThatThrownBy(() -> drive.download(at("f"), target)).isInstanceOf(TokenRejected.class);
    assertThat(server.requests(Endpoint.DOWNLOAD)).hasSize(6);
    assertThat(time.waits()).as("from the second on").hasSize(4);
  }

  @Test
  void refusedRangeStartsOver() {
    server.fail(
        Fault.cutAfter(400_000).to(Endpoint.DOWNLOAD),
        Fault.status(416).onRequest(1).to(Endpoint.DOWNLOAD));

    drive.download(at("f"), target);

    assertThat(target).hasBinaryContent(bytes(SIZE));
    assertThat(rangeOf(2)).isEmpty();
  }

  @Test
  void hashFromGraphIsChecked() throws Exception {
    giveHash(hashOf(bytes(SIZE)));

    drive.download(at("f"), target);
    drive.download(at("f"), new ByteArrayOutputStream());

    assertThat(target).hasBinaryContent(bytes(SIZE));
  }

  @Test
  void bytesWithAnotherHashDoNotReplaceTheTarget() throws Exception {
    Files.writeString(target, "precious");
    giveHash(hashOf(other()));

    assertThatThrownBy(() -> drive.download(at("f"), target)).isInstanceOf(MalformedAnswer.class);
    assertThatThrownBy(() -> drive.download(at("f"), new ByteArrayOutputStream()))
        .isInstanceOf(MalformedAnswer.class)
        .hasMessageContaining("hash");
    assertThat(target).hasContent("precious");
    assertOnlyTheTargetIsLeft();
  }

  @Test
  void damagedPartIsFetchedAgain() throws Exception {
    giveHash(hashOf(bytes(SIZE)));
    assertThatThrownBy(() -> drive.download(at("f"), target, KilledTransfer.at(800_000)))
        .isInstanceOf(KilledTransfer.class);
    byte[] damaged = Files.readAllBytes(part);
    damaged[5]++;
    Files.write(part, damaged);

    drive.download(at("f"), target);

    assertThat(target).hasBinaryContent(bytes(SIZE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"etag\":7}", "{\"etag\":\"\\\"x\\\"\",\"size\":1500000}"})
  void invalidNoteIsNotTrusted(String note) throws Exception {
    Files.write(part, other());
    Path beside = Files.writeString(directory.resolve("down.bin.part.version"), note);
    Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rw-------"));

    drive.download(at("f"), target);

    assertThat(target).hasBinaryContent(bytes(SIZE));
    assertOnlyTheTargetIsLeft();
  }

  @Test
  void targetIsReplacedAtTheEndAndKeepsItsPermissions() throws Exception {
    Files.writeString(target, "before");
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r-----"));

    drive.download(at("f"), target, (bytes, total) -> assertThat(target).hasContent("before"));

    assertThat(target).hasBinaryContent(bytes(SIZE));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
        .isEqualTo("rw-r-----");
  }

  @Test
  void twoDownloadsDoNotShareAPart() {
    drive.download(
        at("f"),
        target,
        (bytes, total) -> {
          if (bytes > 0 && bytes < total) {
            assertThatThrownBy(() -> drive.download(at("f"), target))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("another download");
          }
        });

    assertThat(target).hasBinaryContent(bytes(SIZE));
  }

  @Test
  void streamThatFailsEndsTheDownload() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException("no space left");
          }
        };

    assertThatThrownBy(() -> drive.download(at("f"), full))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("no space left");
    assertThat(server.requests(Endpoint.DOWNLOAD)).hasSize(1);
  }

  @Test
  void directoryIsNotATarget() throws Exception {
    Files.createDirectory(target);

    assertThatThrownBy(() -> drive.download(at("f"), target))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void redirectsMayBeRelativeButMustBeSecure() {
    graph.settings().relativeLocations(true);
    drive.download(at("f"), target);
    server.fail(
        Fault.status(302)
            .header("Location", "http://storage.example/f?sig=1")
            .to("GET", "content"));

    assertThat(target).hasBinaryContent(bytes(SIZE));
    assertThatThrownBy(() -> drive.download(at("f"), target))
        .isInstanceOf(MalformedAnswer.class)
        .hasMessageNotContaining("sig");
  }

  @Test
  void missingFileLeavesNothing() {
    assertThatThrownBy(() -> drive.download(at("none"), target)).isInstanceOf(NotFound.class);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void interruptEndsAHungDownloadAndKeepsThePart() throws Exception {
    server.fail(
        Fault.cutAfter(400_000).to(Endpoint.DOWNLOAD),
        Fault.hang().onRequest(1).to(Endpoint.DOWNLOAD));

    Throwable seen =
        InterruptedCall.during(
            () -> drive.download(at("f"), target),
            () -> server.requests(Endpoint.DOWNLOAD).size() == 2);

    assertThat(seen).isInstanceOf(CancellationException.class);
    assertThat(part).exists();
  }

  @Test
  void interruptWhileBytesComeEndsTheDownload() {
    assertThatThrownBy(
            () ->
                drive.download(
                    at("f"),
                    target,
                    (bytes, total) -> {
                      if (bytes > 0) {
                        Thread.currentThread().interrupt();
                      }
                    }))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    drive.download(at("f"), target);
    assertThat(target).hasBinaryContent(bytes(SIZE));
  }

  private void giveHash(String hash) {
    server.fail(
        Fault.rewrite(
                body ->
                    body.replace(
                        "\"file\":{", "\"file\":{\"hashes\":{\"quickXorHash\":\"" + hash + "\"},"))
            .always()
            .to("GET", "(/f|/items/[^/]+)$"));
  }

  private static String hashOf(byte[] bytes) {
    ContentFingerprint hash = new ContentFingerprint(null);
    hash.update(bytes, bytes.length);
    return hash.quickXorHash();
  }

  /** Other bytes of the same length. */
  private static byte[] other() {
    byte[] other = bytes(SIZE);
    Arrays.fill(other, 0, SIZE / 4, (byte) 'x');
    other[SIZE - 1]++;
    return other;
  }

  private String rangeOf(int request) {
    List<RecordedRequest> requests = server.requests(Endpoint.DOWNLOAD);
    return requests.get(request).header("Range").orElse("");
  }

  private void assertOnlyTheTargetIsLeft() throws IOException {
    assertThat(graph.leaks()).isEmpty();
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(target);
    }
  }
}
