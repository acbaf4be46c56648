package dev.latchkey.testkit.internal.graph.file;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.latchkey.testkit.internal.graph.call.GraphFailure;
import dev.latchkey.testkit.internal.graph.call.JsonMembers;
import dev.latchkey.testkit.internal.graph.drive.BytesInFile;
import dev.latchkey.testkit.internal.graph.drive.NameConflict;
import dev.latchkey.testkit.internal.graph.drive.StoredDrive;
import dev.latchkey.testkit.internal.graph.drive.Target;
import dev.latchkey.testkit.internal.http.Bytes;
import dev.latchkey.testkit.internal.http.BytesInMemory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** A file that is uploaded slice by slice. Thread-safe. */
final class StoredUpload {

  /** Larger files stay on disk. */
  private static final long SMALL = 1 << 16;

  final String id;
  final String secret;
  final StoredDrive drive;
  final Target target;
  final NameConflict conflict;
  private final Path file;
  private final Instant expires;
  private long received;
  private long total = -1;

  StoredUpload(
      String id,
      String secret,
      StoredDrive drive,
      Target target,
      NameConflict conflict,
      Path file,
      Instant expires) {
    this.id = id;
    this.secret = secret;
    this.drive = drive;
    this.target = target;
    this.conflict = conflict;
    this.file = file;
    this.expires = expires;
  }

  /** Fails unless this slice comes next and belongs to the same file as those before. */
  synchronized void check(ContentRange range) {
    if (total >= 0 && total != range.total()) {
      throw GraphFailure.of(
          400, "invalidRequest", "Declared total size differs.", "fragmentLengthMismatch");
    }
    if (range.first() != received) {
      boolean overlap = range.first() < received;
      throw GraphFailure.of(
          416,
          "invalidRange",
          overlap
              ? "Uploaded fragment overlaps with existing data."
              : "Uploaded fragment is out of order.",
          overlap ? "fragmentOverlap" : "fragmentOutOfOrder");
    }
    drive.requireRoom(range.end());
  }

  /**
   * Writes the slice but does not count it. Holds no lock, since a slice that hangs must not block
   * a status request.
   *
   * @return how many bytes arrived before the end or a broken connection
   */
  long write(ContentRange range, InputStream body) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      byte[] buffer = new byte[1 << 16];
      long position = range.first();
      while (position < range.end()) {
        int read = read(body, buffer, range.end() - position);
        if (read < 0) {
          return position - range.first();
        }
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
        while (bytes.hasRemaining()) {
          position += channel.write(bytes, position);
        }
      }
      return position - range.first();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int read(InputStream body, byte[] buffer, long left) {
    try {
      return body.read(buffer, 0, (int) Math.min(buffer.length, left));
    } catch (IOException cutOff) {
      return -1;
    }
  }

  /**
   * Counts the slice, unless another request wrote it, too; returns whether the file is complete.
   */
  synchronized boolean accept(ContentRange range, long length) {
    check(range);
    total = range.total();
    received += length;
    return received == total;
  }

  Bytes content() {
    try {
      long size = Files.size(file);
      if (size > SMALL) {
        return new BytesInFile(file, size);
      }
      Bytes small = new BytesInMemory(Files.readAllBytes(file));
      Files.deleteIfExists(file);
      return small;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void discard() {
    new BytesInFile(file, 0).discard();
  }

  boolean isExpiredAt(Instant now) {
    return now.isAfter(expires);
  }

  synchronized JsonObject json() {
    JsonObject json = new JsonObject();
    json.addProperty("expirationDateTime", JsonMembers.time(expires));
    JsonArray ranges = new JsonArray();
    ranges.add(received + "-");
    json.add("nextExpectedRanges", ranges);
    return json;
  }
}
