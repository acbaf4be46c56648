package dev.latchkey.graph.internal.transfer;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.internal.file.OwnerOnlyFile;
import dev.latchkey.internal.file.ShortName;
import dev.latchkey.internal.file.UntrustedFile;
import dev.latchkey.internal.json.Json;
import dev.latchkey.internal.json.MalformedJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The downloaded part of a file, beside its target, and a note of the version to which it belongs.
 * The note is written before the first byte, and the part is never truncated, only deleted: so both
 * match whenever the process is killed. The part is locked while it exists and is open.
 */
final class PartFile implements DownloadSink, AutoCloseable {

  /** The parts that this process has open. */
  private static final Set<Path> CLAIMED = ConcurrentHashMap.newKeySet();

  private final Path target;
  private final Path part;
  private final Path note;
  private @Nullable FileChannel channel;
  private boolean claimed;

  /** Identifies the locked file; null if the file system does not. */
  private @Nullable Object key;

  private @Nullable ContentVersion version;
  private long have;

  /** What the bytes are compared with at first. */
  private final DriveItem item;

  /** Of the bytes so far; null while those of an earlier process have not been read. */
  private @Nullable ContentFingerprint fingerprint;

  private PartFile(Path target, DriveItem item) {
    this.target = target;
    this.item = item;
    String name = ShortName.of(target.getFileName().toString()) + ".part";
    this.part = target.resolveSibling(name);
    this.note = target.resolveSibling(name + ".version");
  }

  /** Opens the part of an earlier process if there is one. */
  static PartFile open(Path target, DriveItem item) throws IOException {
    if (target.getFileName() == null || Files.isDirectory(target)) {
      throw new FileSystemException(target.toString(), null, "is a directory");
    }
    Path directory = target.toAbsolutePath().resolveSibling("").toRealPath();
    PartFile file = new PartFile(directory.resolve(target.getFileName()), item);
    try {
      file.resume();
      return file;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private void resume() throws IOException {
    FileChannel opened = lock();
    if (opened == null) {
      return;
    }
    channel = opened;
    byte[] json = OwnerOnlyFile.readIfTrusted(note);
    try {
      ContentVersion noted = json == null ? null : ContentVersion.read(Json.object(json));
      long size = opened.size();
      if (noted != null && noted.tag() != null && size <= noted.total()) {
        version = noted;
        // The last byte of a complete part is fetched again: that shows whether the file is still
        // the same.
        have = Math.max(0, Math.min(size, noted.total() - 1));
      }
    } catch (MalformedJson e) {
      return;
    }
  }

  /** Opens and locks the part; null if there is none that only this user can have written. */
  private @Nullable FileChannel lock() throws IOException {
    claim();
    try {
      Object found = keyNow();
      FileChannel opened = locked(OwnerOnlyFile.open(part, READ, WRITE));
      key = found;
      if (!isStillHere()) {
        // Its former owner completed it between the open and the lock.
        opened.close();
        throw inUse();
      }
      return opened;
    } catch (NoSuchFileException | UntrustedFile e) {
      // What somebody else may have written is no beginning: it is deleted and begun anew.
      close();
      return null;
    }
  }

  /**
   * Makes sure that no other download in this process has the part open. Even opening it then would
   * be wrong: a process that closes any of its handles to a file loses its POSIX locks on it.
   */
  private void claim() throws IOException {
    if (!claimed && !CLAIMED.add(part)) {
      throw inUse();
    }
    claimed = true;
  }

  private FileChannel locked(FileChannel opened) throws IOException {
    try {
      if (opened.tryLock() != null) {
        return opened;
      }
    } catch (OverlappingFileLockException e) {
      // Another copy of this class in this process.
    } catch (IOException e) {
      opened.close();
      throw e;
    }
    opened.close();
    throw inUse();
  }

  private @Nullable Object keyNow() throws IOException {
    return Files.readAttributes(part, BasicFileAttributes.class, NOFOLLOW_LINKS).fileKey();
  }

  /** Whether the part is still the locked file rather than a replacement. */
  private boolean isStillHere() throws IOException {
    try {
      return Objects.equals(key, keyNow());
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private FileSystemException inUse() {
    return new FileSystemException(part.toString(), null, "another download writes it");
  }

  @Override
  public long have() {
    return have;
  }

  @Override
  public @Nullable ContentVersion version() {
    return version;
  }

  @Override
  public boolean begin(ContentVersion fresh) throws IOException {
    version = null;
    have = 0;
    if (channel == null) {
      // There was no part at first; by now another download may have created one.
      channel = lock();
    }
    claim();
    Files.deleteIfExists(part);
    if (channel != null) {
      channel.close();
      channel = null;
    }
    try {
      channel = locked(OwnerOnlyFile.create(part));
      key = keyNow();
    } catch (FileAlreadyExistsException e) {
      throw inUse();
    }
    if (fresh.tag() == null) {
      Files.deleteIfExists(note);
    } else {
      OwnerOnlyFile.write(note, fresh.json().toString());
    }
    version = fresh;
    fingerprint = ContentFingerprint.comparedWith(item);
    return true;
  }

  @Override
  public void write(byte[] bytes, int length) throws IOException {
    ContentFingerprint before = fingerprint(item);
    ByteBuffer left = ByteBuffer.wrap(bytes, 0, length);
    while (left.hasRemaining()) {
      have += open().write(left, have);
    }
    before.update(bytes, length);
  }

  private FileChannel open() throws IOException {
    if (channel == null) {
      throw new IOException("nothing was begun");
    }
    return channel;
  }

  /** The fingerprint of all bytes, made as they came, for comparison with this item. */
  ContentFingerprint fingerprint(DriveItem now) throws IOException {
    ContentFingerprint known = fingerprint;
    if (known == null || !known.suits(now)) {
      known = ContentFingerprint.comparedWith(now).with(open(), have);
      fingerprint = known;
    }
    return known;
  }

  /** Replaces the target with the part, atomically. */
  void complete() throws IOException {
    open().force(true);
    if (!isStillHere()) {
      throw inUse();
    }
    if (OwnerOnlyFile.isPosix(target) && Files.exists(target)) {
      Files.setPosixFilePermissions(part, Files.getPosixFilePermissions(target));
    }
    OwnerOnlyFile.replace(part, target);
    Files.deleteIfExists(note);
  }

  /** Deletes the part and its note. */
  void discard() throws IOException {
    if (channel != null && isStillHere()) {
      Files.deleteIfExists(part);
      Files.deleteIfExists(note);
    }
    close();
    version = null;
    have = 0;
    fingerprint = null;
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
    if (claimed) {
      CLAIMED.remove(part);
      claimed = false;
    }
  }
}
