package dev.latchkey.store;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** The names of a record's files. The prefix avoids the names that Windows reserves. */
record RecordFiles(Path directory) {

  private static final String PREFIX = "latchkey-";
  private static final String RECORD = ".record";
  private static final String TEMPORARY = ".tmp";

  Path record(String key) {
    return file(key, RECORD);
  }

  /** The same one for each write: the next writer finds what a killed one left. */
  Path temporary(String key) {
    return file(key, TEMPORARY);
  }

  Path writeLock(String key) {
    return file(key, ".lock");
  }

  Path lease(String key) {
    return file(key, ".lease");
  }

  Set<String> keysOfRecords() throws IOException {
    return keys(RECORD);
  }

  Set<String> keysOfTemporaries() throws IOException {
    return keys(TEMPORARY);
  }

  private Path file(String key, String suffix) {
    return directory.resolve(PREFIX + RecordLimits.checkKey(key) + suffix);
  }

  private Set<String> keys(String suffix) throws IOException {
    Set<String> keys = new HashSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        // Not by a pattern, which costs as much again as the listing.
        if (name.startsWith(PREFIX) && name.endsWith(suffix)) {
          String key = name.substring(PREFIX.length(), name.length() - suffix.length());
          if (RecordLimits.isKey(key)) {
            keys.add(key);
          }
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    } catch (NoSuchFileException gone) {
      return Set.of(); // with its directory, every record is deleted
    }
    return keys;
  }
}
