package dev.latchkey.graph.internal.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.graph.drive.UploadOptions;
import dev.latchkey.graph.fixture.DriveFixture;
import dev.latchkey.graph.fixture.KilledTransfer;
import dev.latchkey.internal.file.ShortName;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A temporary name never makes a legal name too long: disks permit 255 bytes. */
class LongNamesTest extends DriveFixture {

  private static final int SIZE = 300_000;

  @ParameterizedTest
  @CsvSource({"x, 100", "x, 101", "x, 201", "x, 202", "x, 255", "ü, 127", "😀, 63"})
  void downloadOfAnyLegalNameResumesAndLeavesNothingBeside(String letter, int count)
      throws Exception {
    remote.addFile(folder + "f", bytes(SIZE));
    Path target = directory.resolve(letter.repeat(count));
    assertThatThrownBy(() -> drive.download(at("f"), target, KilledTransfer.at(SIZE)))
        .isInstanceOf(KilledTransfer.class);

    drive.download(at("f"), target);

    assertThat(target).hasBinaryContent(bytes(SIZE));
    assertThat(directory.toFile().list()).hasSize(1);
  }

  @Test
  void checkpointMayHaveTheLongestName() throws Exception {
    Path file = file("f", UNIT * 14);
    Path checkpoint = directory.resolve("c".repeat(255));
    UploadOptions options = UploadOptions.defaults().sliceSize(UNIT).checkpoint(checkpoint);
    assertThatThrownBy(
            () -> drive.upload(file, at("f"), options.progress(KilledTransfer.at(3L * UNIT))))
        .isInstanceOf(KilledTransfer.class);
    assertThat(checkpoint).exists();

    drive.upload(file, at("f"), options);

    assertThat(remote.fileContent(folder + "f")).isEqualTo(bytes(UNIT * 14));
    assertThat(checkpoint).doesNotExist();
  }

  @Test
  void longNamesThatBeginAlikeDoNotShareAPart() {
    String one = ShortName.of("x".repeat(200) + "1");
    String two = ShortName.of("x".repeat(200) + "2");

    assertThat(one).isNotEqualTo(two).startsWith("x".repeat(60) + "~");
    assertThat(ShortName.of("ü".repeat(100)).getBytes(UTF_8).length).isLessThanOrEqualTo(100);
    assertThat(ShortName.of("x".repeat(100))).isEqualTo("x".repeat(100));
  }
}
