package dev.latchkey.examples.cli.command;

import dev.latchkey.examples.cli.output.CommandError;
import dev.latchkey.examples.cli.output.CommandException;
import dev.latchkey.examples.cli.output.LocalFileErrors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The configuration file, in the manner of INI files: a line {@code [NAME]} begins a profile, lines
 * {@code option = value} follow, and a line that begins with {@code #} or {@code ;} is a comment.
 * Spaces around names and values do not count. There are no quotes and no escapes.
 *
 * @param profiles the settings of each profile, by the name of the profile
 */
record ConfigFile(Path path, Map<String, Map<String, Profile.Setting>> profiles) {

  private static final int MAX_BYTES = 1 << 16;
  private static final Pattern HEADER = Pattern.compile("\\[ *([A-Za-z0-9._@-]{1,64}) *]");
  private static final Pattern ENTRY = Pattern.compile("([A-Za-z][A-Za-z0-9_-]*) *= *(.*)");
  private static final Pattern SECRET =
      Pattern.compile(
          "file[-_]?key|.*(token|secret|password|passphrase)", Pattern.CASE_INSENSITIVE);

  /**
   * Reads the file.
   *
   * @param options the names of the options that a profile may set
   * @return null if there is no file
   * @throws CommandException if it is invalid or cannot be read
   */
  static @Nullable ConfigFile read(Path path, Set<String> options) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(path)) {
      checkMode(path);
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new CommandException(LocalFileErrors.failure("Could not read " + path, e), e);
    }
    if (bytes.length > MAX_BYTES) {
      throw wrong(path + " is longer than 64 KiB", "Keep profiles only in this file.");
    }
    return new Reader(path, options).read(bytes);
  }

  /** Whoever can write the file decides to which server a person signs in. */
  private static void checkMode(Path path) throws IOException {
    try {
      if (Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_WRITE)) {
        throw LocalFileErrors.failed(
            path + " can be written by every user of this machine",
            "Check what it says, and then run: chmod go-w " + path);
      }
    } catch (UnsupportedOperationException e) {
      return; // Windows
    }
  }

  private static CommandException wrong(String message, String remedy) {
    return new CommandException(CommandError.wrongUsage(message, remedy), null);
  }

  /** Reads line by line. */
  private static final class Reader {

    private final Path path;
    private final Set<String> options;
    private final Map<String, Map<String, Profile.Setting>> profiles = new LinkedHashMap<>();
    private @Nullable Map<String, Profile.Setting> current;
    private int number;

    Reader(Path path, Set<String> options) {
      this.path = path;
      this.options = options;
    }

    ConfigFile read(byte[] bytes) {
      int begin = 0;
      for (int i = 0; i <= bytes.length; i++) {
        if (i == bytes.length || bytes[i] == '\n') {
          number++;
          line(text(ByteBuffer.wrap(bytes, begin, i - begin)).strip());
          begin = i + 1;
        }
      }
      return new ConfigFile(path, profiles);
    }

    private String text(ByteBuffer line) {
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(line).toString();
      } catch (CharacterCodingException e) {
        throw invalid("this is not UTF-8 text", "Save the file as UTF-8.");
      }
    }

    private void line(String line) {
      if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
        return;
      }
      Matcher header = HEADER.matcher(line);
      if (header.matches()) {
        current = new LinkedHashMap<>();
        if (profiles.put(header.group(1), current) != null) {
          throw invalid(
              "there is a profile '" + header.group(1) + "' already", "Put them together.");
        }
        return;
      }
      Matcher entry = ENTRY.matcher(line);
      if (!entry.matches()) { // not quoted: whatever it is, it may be a secret
        throw invalid(
            "this is neither a line [NAME] nor a line OPTION = VALUE",
            "A comment begins with #, and a profile's name has letters, digits and . _ @ - only.");
      }
      entry(entry.group(1), entry.group(2));
    }

    private void entry(String name, String value) {
      if (SECRET.matcher(name).matches()) {
        throw invalid(
            "'" + name + "' must not be in this file, which is not encrypted",
            "Delete the line. LATCHKEY_FILE_KEY is read from the environment only, and tokens are"
                + " kept in the store only.");
      } else if (!options.contains(name)) {
        List<String> similar = Suggestions.similar(name, options);
        throw invalid(
            "'" + name + "' is not an option that a profile can set",
            similar.isEmpty()
                ? "Write the option without the hyphens before it, such as client-id."
                : "Did you mean " + similar.get(0) + "?");
      } else if (current == null) {
        throw invalid(
            "'" + name + "' is outside of a profile", "Begin a profile with a line [default].");
      }
      Profile.Setting before = current.put(name, new Profile.Setting(value, path + ":" + number));
      if (before != null) {
        throw invalid(
            "'" + name + "' is set at " + before.place() + " already",
            name.equals("scope") ? "Separate scopes by spaces." : "Delete one of the lines.");
      }
    }

    private CommandException invalid(String message, String remedy) {
      return wrong(path + ":" + number + ": " + message, remedy);
    }
  }
}
