package dev.latchkey.examples.cli.command;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.keyring.KeyringTokenStore;
import dev.latchkey.keyring.KeyringUnavailable;
import dev.latchkey.store.EncryptedFileTokenStore;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The token store that {@code --store} names. No other store ever replaces it silently.
 *
 * @param kind {@code keyring}, {@code memory} or {@code file}
 * @param path the directory of a {@code file} store; empty for the others
 */
record StoreChoice(String kind, String path) {

  private static final String FILE = "file:";
  private static final String SEPARATOR = FileSystems.getDefault().getSeparator();
  private static final String KEY_VARIABLE = "LATCHKEY_FILE_KEY";
  private static final int KEY_BYTES = 32;

  /** Names that are valid as a directory on every system. */
  private static final Pattern APP = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private static final String MAKE_A_KEY =
      " Create one with: export " + KEY_VARIABLE + "=$(head -c 32 /dev/urandom | base64)";

  /**
   * Reads the option.
   *
   * @throws IllegalArgumentException if the text does not name a store
   */
  static StoreChoice parse(String option) {
    if (option.equals("keyring") || option.equals("memory")) {
      return new StoreChoice(option, "");
    }
    if (option.startsWith(FILE) && option.length() > FILE.length()) {
      return new StoreChoice("file", option.substring(FILE.length()));
    }
    throw new IllegalArgumentException(
        "--store must be keyring, memory or file:PATH, not '" + option + "'");
  }

  /**
   * Opens the part of the store that belongs to one application.
   *
   * @throws IllegalArgumentException if the name, the path or the key is invalid
   * @throws TokenStoreFailure if the store cannot be opened
   */
  TokenStore open(String app, Map<String, String> variables) {
    if (!APP.matcher(app).matches()) {
      throw new IllegalArgumentException(
          "--app must consist of letters, digits, dots, hyphens and underscores, not '"
              + app
              + "'");
    }
    return switch (kind) {
      case "memory" -> new MemoryTokenStore();
      case "file" -> openFile(app, variables);
      default -> openKeyring(app);
    };
  }

  /** Without a keyring it is up to the person to choose another store. */
  private static TokenStore openKeyring(String app) {
    try {
      return KeyringTokenStore.open(app);
    } catch (KeyringUnavailable e) {
      throw new TokenStoreFailure(
          e.problem(),
          e.getMessage(),
          e.remedy()
              + " Or keep tokens elsewhere: --store file:PATH, with a key in "
              + KEY_VARIABLE
              + ", or --store memory.",
          e);
    }
  }

  /** The option, with the whole path of a directory. */
  String absolute(Map<String, String> variables) {
    return kind.equals("file") ? FILE + directory(variables).toAbsolutePath().normalize() : kind;
  }

  private TokenStore openFile(String app, Map<String, String> variables) {
    byte[] key = key(variables.getOrDefault(KEY_VARIABLE, ""));
    try {
      return EncryptedFileTokenStore.open(directory(variables).resolve(app), key);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** Expands a leading tilde: after the colon no shell does. */
  private Path directory(Map<String, String> variables) {
    try {
      if (!path.startsWith("~")) {
        return Path.of(path);
      } else if (path.equals("~") || path.startsWith("~/") || path.startsWith("~" + SEPARATOR)) {
        return home(variables).resolve(path.substring(Math.min(2, path.length())));
      }
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("--store: '" + path + "' is not a valid path", e);
    }
    throw new IllegalArgumentException(
        "--store: of the home directories only your own can be written as ~/, not '"
            + path
            + "'. Name the directory, or write ./"
            + path);
  }

  /** Without a home directory a store would appear wherever the command happens to run. */
  private Path home(Map<String, String> variables) {
    Path home = Path.of(variables.getOrDefault("HOME", System.getProperty("user.home", "")));
    if (!home.isAbsolute()) { // Java says "?" for a user whom the system does not know
      throw new IllegalArgumentException(
          "--store: there is no home directory for '"
              + path
              + "'. Set HOME, or name a directory that begins with "
              + SEPARATOR);
    }
    return home;
  }

  /** Decodes the key. The messages quote nothing of it: even a wrong value may be half a key. */
  private static byte[] key(String base64) {
    if (base64.isBlank()) {
      throw new IllegalArgumentException("--store file: needs a key." + MAKE_A_KEY);
    }
    byte[] key;
    try {
      key = Base64.getDecoder().decode(base64.strip());
    } catch (IllegalArgumentException notBase64) {
      key = new byte[0];
    }
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException(
          KEY_VARIABLE + " must be " + KEY_BYTES + " bytes in base64." + MAKE_A_KEY);
    }
    return key;
  }

  /** The kinds, for the completion of a shell. */
  static final class Kinds extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Kinds() {
      super(List.of("keyring", "memory", FILE));
    }
  }
}
