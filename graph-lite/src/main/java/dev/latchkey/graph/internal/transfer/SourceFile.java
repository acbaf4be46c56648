package dev.latchkey.graph.internal.transfer;

import static java.nio.file.StandardOpenOption.READ;

import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.graph.drive.SourceChanged;
import dev.latchkey.graph.internal.http.GraphCall;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file that is being uploaded and must not change after it was opened. The HTTP client's threads
 * read its regions, several at a time while a broken request lingers.
 */
public final class SourceFile implements AutoCloseable {

  private final Path path;
  private final long size;
  private final FileTime modified;
  private FileChannel channel;
  private boolean closed;
  private volatile boolean changed;
  private @Nullable ContentFingerprint fingerprint;

  private SourceFile(Path path, BasicFileAttributes attributes) throws IOException {
    this.path = path;
    this.size = attributes.size();
    this.modified = attributes.lastModifiedTime();
    this.channel = FileChannel.open(path, READ);
  }

  /** Opens a file. */
  public static SourceFile open(Path path) throws IOException {
    // The real path: a relative path or a link may soon name another file.
    Path real = path.toRealPath();
    BasicFileAttributes attributes = attributes(real);
    if (!attributes.isRegularFile()) {
      throw new FileSystemException(path.toString(), null, "is not a regular file");
    }
    return new SourceFile(real, attributes);
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class);
  }

  Path path() {
    return path;
  }

  long size() {
    return size;
  }

  FileTime modified() {
    return modified;
  }

  /**
   * Checks that the file has not changed.
   *
   * @throws SourceChanged if it has
   */
  void check() throws IOException {
    if (changed || isChanged()) {
      throw new SourceChanged(path + " changed while it was uploaded");
    }
  }

  private boolean isChanged() throws IOException {
    BasicFileAttributes now = attributes(path);
    changed |= now.size() != size || !now.lastModifiedTime().equals(modified);
    return changed;
  }

  /** A part of the file as the body of a call. */
  GraphCall.Content region(long first, long length) {
    return new GraphCall.Content("application/octet-stream", length, () -> open(first, length));
  }

  InputStream open(long first, long length) {
    return new Region(first, length);
  }

  /** For comparison with this item; read from the file once, unless it needs another hash. */
  ContentFingerprint fingerprint(DriveItem item) throws IOException {
    ContentFingerprint known = fingerprint;
    if (known == null || !known.suits(item)) {
      known = ContentFingerprint.comparedWith(item).with(channel(), Long.MAX_VALUE);
      fingerprint = known;
    }
    check();
    return known;
  }

  /** The channel, reopened if the interrupt of some thread closed it. */
  private synchronized FileChannel channel() throws IOException {
    if (closed) {
      // A lingering request must not reopen it for good.
      throw new ClosedChannelException();
    }
    if (!channel.isOpen()) {
      channel = FileChannel.open(path, READ);
    }
    return channel;
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    channel.close();
  }

  private final class Region extends InputStream {

    private final long end;
    private long position;

    Region(long first, long length) {
      position = first;
      end = first + length;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, into.length);
      if (position == end || length == 0) {
        return position == end ? -1 : 0;
      }
      ByteBuffer buffer = ByteBuffer.wrap(into, offset, (int) Math.min(length, end - position));
      int count = channel().read(buffer, position);
      // Withholds the last bytes if the file has changed: so the server cannot complete a mixture
      // of
      // two states.
      if (count < 0 || (position + count == end && isChanged())) {
        changed = true;
        throw new IOException("the file changed");
      }
      position += count;
      return count;
    }
  }
}
