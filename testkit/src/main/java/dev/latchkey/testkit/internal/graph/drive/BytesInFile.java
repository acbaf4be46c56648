package dev.latchkey.testkit.internal.graph.drive;

import dev.latchkey.testkit.internal.http.Bytes;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Bytes that a client uploaded, in a temporary file. */
public record BytesInFile(Path path, long size) implements Bytes {

  @Override
  public InputStream open(long from) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    channel.position(from);
    return new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
  }

  /** Deletes the file. Readers may read on, if the file system permits it. */
  public void discard() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException inUse) {
      // Closing the server deletes it.
    }
  }
}
