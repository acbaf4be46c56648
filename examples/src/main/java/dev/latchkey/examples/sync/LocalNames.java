package dev.latchkey.examples.sync;

import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which names of the drive a file of this machine can have. */
final class LocalNames {

  /** The mirror's own directory. */
  static final String OWN = ".latchkey";

  private static final boolean WINDOWS = File.separatorChar == '\\';

  /** The short name that Windows gives to the mirror's own directory. */
  private static final Pattern SHORT_OWN = Pattern.compile("(?i)latchk~\\d+");

  /** Windows opens a device in any directory, whatever extension follows. */
  private static final Pattern DEVICE =
      Pattern.compile("(?i)(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9¹²³]) *(\\..*)?");

  private LocalNames() {}

  /** Why no file of this machine can have the name; null if one can. */
  static @Nullable String problem(String name) {
    return problem(name, WINDOWS);
  }

  static @Nullable String problem(String name, boolean windows) {
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      return "the name leads to another folder";
    } else if (name.chars().anyMatch(c -> c == '/' || c == '\\' || c < ' ')) {
      return "the name has a character that file names cannot have";
    } else if (isUnwritable(name)) {
      return "Java cannot write the name here, where it writes names as "
          + System.getProperty("sun.jnu.encoding", "ASCII");
    }
    // Windows drops a dot or space at the end, and what follows a colon names a stream of the file.
    boolean changed = name.endsWith(".") || name.endsWith(" ") || name.indexOf(':') >= 0;
    return windows && (changed || DEVICE.matcher(name).matches())
        ? "the name means something else on Windows"
        : null;
  }

  /**
   * Whether a name at the top of the mirror may lead into the mirror's own directory, here or on
   * Windows. The same on each system: nobody misses such a file.
   */
  static boolean isOwn(String name) {
    String file = name.split(":", 2)[0].replaceFirst("[. ]+$", "");
    return file.equalsIgnoreCase(OWN) || SHORT_OWN.matcher(file).matches();
  }

  /**
   * Whether no local path can be written so, for example because the locale's character set lacks
   * one of its letters.
   */
  static boolean isUnwritable(String path) {
    try {
      Path unused = Path.of(path);
      return false;
    } catch (InvalidPathException e) {
      return true;
    }
  }
}
