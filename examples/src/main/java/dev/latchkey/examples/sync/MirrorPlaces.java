package dev.latchkey.examples.sync;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.latchkey.examples.sync.MirrorFile.Stamp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The places of a mirror on the disk. A folder of the mirror in whose place somebody has put a
 * symbolic link is no way to any place: the files at its end are not the mirror's.
 */
final class MirrorPlaces {

  private static final int MAX_KEPT_NAME = 140;

  private final Path directory;
  private final Path own;
  private final Path staging;

  MirrorPlaces(Path directory, Path own) throws IOException {
    this.directory = directory;
    this.own = own;
    this.staging = own.resolve("staging");
    if (!makeFolder(staging)) {
      throw new FileSystemException(staging.toString(), null, staging + " is not a directory");
    }
  }

  /** The place of a path of the mirror. */
  Path at(String path) {
    return directory.resolve(path);
  }

  String relative(Path file) {
    return directory.relativize(file).toString().replace('\\', '/');
  }

  /** Where the file with this id is downloaded. Any id makes a file name, each its own. */
  String staged(String id) {
    return relative(staging.resolve(hash(id)));
  }

  /** Where the file with this id is out of the way. */
  String parked(String id) {
    return relative(staging.resolve("parked-" + hash(id)));
  }

  boolean isStaged(String path) {
    return at(path).startsWith(staging);
  }

  /** The stamp of a regular file; null if there is none. */
  @Nullable Stamp stamp(String path) throws IOException {
    BasicFileAttributes found = hasFolders(path) ? ifPossible(at(path)) : null;
    return found == null || !found.isRegularFile()
        ? null
        : new Stamp(found.size(), found.lastModifiedTime().toMillis());
  }

  boolean isFolder(String path) throws IOException {
    return hasFolders(path) && isFolder(ifPossible(at(path)));
  }

  boolean exists(Path place) throws IOException {
    return attributes(place) != null;
  }

  /**
   * Checks that something may be put into a place.
   *
   * @throws IOException if the disk cannot have such a name, or a folder above is not there
   */
  void check(String path) throws IOException {
    if (!hasFolders(path)) {
      throw new FileSystemException(path, null, "the folder around it is not in the mirror");
    }
    BasicFileAttributes found = attributes(at(path));
    // Windows knows the directory by a short name, too, and some disks ignore parts of a name.
    if (path.indexOf('/') < 0 && isFolder(found) && Files.isSameFile(at(path), own)) {
      throw new FileSystemException(path, null, "the name is that of the mirror's own directory");
    }
  }

  /** Creates the folders around a path. */
  void makeFolders(String path) throws IOException {
    int slash = path.lastIndexOf('/');
    if (slash < 0) {
      return;
    }
    String around = path.substring(0, slash);
    makeFolders(around);
    if (!makeFolder(at(around))) {
      throw new FileSystemException(path, null, "something else has the name of its folder");
    }
  }

  private static boolean makeFolder(Path folder) throws IOException {
    if (attributes(folder) == null) {
      Files.createDirectory(folder);
    }
    return isFolder(attributes(folder));
  }

  /**
   * Identifies what is at a path: on some disks names that differ in case or in the composition of
   * letters are the same.
   *
   * @return null if nothing is there
   */
  @Nullable Object identity(String path) throws IOException {
    Path place = at(path);
    BasicFileAttributes found = hasFolders(path) ? ifPossible(place) : null;
    if (found == null) {
      return null;
    }
    Object key = found.fileKey();
    // Two names that are not alike are two links to one file, and both may stay.
    return key == null
        ? place.toRealPath(NOFOLLOW_LINKS).toString()
        : List.of(key, Normalizer.normalize(path.toUpperCase(Locale.ROOT), Normalizer.Form.NFD));
  }

  /** A free name beside a place. It is longer than the present one only if that is short. */
  Path aside(Path place) throws IOException {
    String name = String.valueOf(place.getFileName());
    int dot = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length();
    int limit = Math.max(bytes(name), MAX_KEPT_NAME);
    String end = name.substring(dot);
    Path aside;
    int number = 1;
    do {
      String kept = " (kept " + number++ + ")";
      String stem = name.substring(0, dot);
      if (bytes(stem + kept + end) > limit && bytes(kept + end) > limit / 2) {
        end = ""; // what follows the dot is no extension
      }
      while (bytes(stem + kept + end) > limit) {
        stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
      }
      aside = place.resolveSibling(stem + kept + end);
    } while (exists(aside));
    return aside;
  }

  /** Whether all that is around a path, as far as it exists, is folders, and not links to them. */
  private boolean hasFolders(String path) throws IOException {
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      BasicFileAttributes found = ifPossible(at(path.substring(0, slash)));
      if (found == null) {
        return true;
      }
      if (!isFolder(found)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isFolder(@Nullable BasicFileAttributes found) {
    // A junction of Windows is a directory and something else.
    return found != null && found.isDirectory() && !found.isOther();
  }

  /** The attributes; null if nothing is there, or if nothing can have such a name. */
  private static @Nullable BasicFileAttributes ifPossible(Path place) throws IOException {
    try {
      return attributes(place);
    } catch (AccessDeniedException e) {
      throw e; // who knows what is there
    } catch (FileSystemException impossible) {
      return null;
    }
  }

  /** The attributes of what is there, not of what a link leads to; null if nothing is there. */
  private static @Nullable BasicFileAttributes attributes(Path place) throws IOException {
    try {
      return Files.readAttributes(place, BasicFileAttributes.class, NOFOLLOW_LINKS);
    } catch (NoSuchFileException none) {
      return null;
    }
  }

  private static int bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String hash(String id) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] digest = sha256.digest(id.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
