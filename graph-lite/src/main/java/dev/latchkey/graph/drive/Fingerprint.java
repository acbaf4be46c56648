package dev.latchkey.graph.drive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;

/** The size and hash of bytes that are here, to be compared with what Graph says. */
final class Fingerprint {

  private static final int BUFFER = 1 << 16;

  private final QuickXorHash hash = new QuickXorHash();
  private long size;

  void update(byte[] bytes, int count) {
    hash.update(bytes, count);
    size += count;
  }

  /** Of a whole file. */
  static Fingerprint of(FileChannel file) throws IOException {
    Fingerprint fingerprint = new Fingerprint();
    byte[] buffer = new byte[BUFFER];
    ByteBuffer bytes = ByteBuffer.wrap(buffer);
    for (int count = file.read(bytes, 0); count >= 0; count = file.read(bytes, fingerprint.size)) {
      fingerprint.update(buffer, count);
      bytes.clear();
    }
    return fingerprint;
  }

  /**
   * Whether these can be the bytes of the item. Of an Office file, SharePoint may give the size and
   * the hash that it had before properties were written into it, and OneDrive those of a photo
   * before it was converted: a hash counts only where the size is right.
   */
  boolean contradicts(DriveItem item) {
    DriveItem.File file = item.file();
    String given = file == null ? null : file.quickXorHash();
    return given != null && Objects.equals(item.size(), size) && !given.equals(hash.digest());
  }

  /** Whether the item has the same size, and the same hash if it has one. */
  boolean fits(DriveItem item) {
    return Objects.equals(item.size(), size) && !contradicts(item);
  }
}
