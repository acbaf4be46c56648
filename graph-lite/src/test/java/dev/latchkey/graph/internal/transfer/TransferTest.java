package dev.latchkey.graph.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.graph.drive.UploadOptions;
import dev.latchkey.graph.fixture.DriveFixture;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransferTest extends DriveFixture {

  private static final int MIB = 1 << 20;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, 4 * MIB, 4 * MIB + 1, 15 * UNIT, 15 * UNIT + 1, 9 * MIB})
  void uploadedBytesAreDownloadedUnchanged(int size) throws Exception {
    Path file = file("up.bin", size);
    Path target = directory.resolve("down.bin");
    ByteArrayOutputStream stream = new ByteArrayOutputStream();

    DriveItem item = drive.upload(file, at("a.bin"), UploadOptions.defaults().sliceSize(3 * UNIT));
    DriveItem down = drive.download(at("a.bin"), target);
    drive.download(item.ref(), stream);

    assertThat(item.size()).isEqualTo(size);
    assertThat(down).isEqualTo(item);
    assertThat(remote.fileContent(folder + "a.bin")).isEqualTo(bytes(size));
    assertThat(target).hasBinaryContent(bytes(size));
    assertThat(stream.toByteArray()).isEqualTo(bytes(size));
    assertThat(graph.leaks()).isEmpty();
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactlyInAnyOrder(file, target);
    }
  }

  @Test
  void progressGoesFromZeroToTheSize() throws Exception {
    List<Long> up = new ArrayList<>();
    List<Long> down = new ArrayList<>();
    int size = 5 * MIB;

    drive.upload(
        file("f", size),
        at("f"),
        UploadOptions.defaults()
            .sliceSize(4 * UNIT)
            .progress(
                (bytes, total) -> {
                  assertThat(total).isEqualTo(size);
                  up.add(bytes);
                }));
    drive.download(at("f"), directory.resolve("g"), (bytes, total) -> down.add(bytes));

    assertThat(up).containsExactly(0L, 4L * UNIT, 8L * UNIT, 12L * UNIT, (long) size);
    assertThat(down).isSorted().startsWith(0L).endsWith((long) size).hasSizeBetween(15, 25);
  }
}
