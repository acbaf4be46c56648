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

  /** Gives the room back; whoever is reading it may read on, where the file system lets him. */
  public void discard() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException inUse) {
      // Goes with the others when the server is closed.
    }
  }
}
