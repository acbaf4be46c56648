package dev.latchkey.examples.cli.command;

import dev.latchkey.examples.cli.output.CommandError;
import dev.latchkey.examples.cli.output.CommandException;
import dev.latchkey.examples.cli.output.LocalFileErrors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The account that commands use if none is named. There is one for each store, application, server
 * and client id, in a file of its own beside the configuration file, so that two commands that
 * choose for different clients never write the same file. The file holds the id of the account, and
 * below it, for people, what it is the default of. It holds no secret.
 *
 * @param file null if there is no home directory
 */
record DefaultAccount(@Nullable Path file, String of) {

  private static final String FOLDER = "default-accounts";
  private static final int MAX_BYTES = 1 << 14;

  /**
   * The default of one client.
   *
   * @param client what the client consists of
   */
  static DefaultAccount of(Map<String, String> variables, List<String> client) {
    String of = String.join("\n", client);
    Path directory = ConfigDirectory.of(variables);
    return new DefaultAccount(
        directory == null ? null : directory.resolve(FOLDER).resolve(hash(of)), of);
  }

  /** The id of the account; null if none was chosen. */
  @Nullable String id() {
    if (file == null) {
      return null;
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES);
      String id = new String(bytes, StandardCharsets.UTF_8).lines().findFirst().orElse("");
      if (id.isBlank()) {
        throw LocalFileErrors.failed(
            file + " names no account", "Choose one with 'latchkey accounts use'.");
      }
      return id;
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new CommandException(LocalFileErrors.failure("Could not read " + file, e), e);
    }
  }

  /** Makes an account the default. A process that is killed leaves the old one or the new one. */
  void set(String id) {
    if (file == null) {
      throw new CommandException(
          CommandError.wrongUsage("There is no home directory to keep the choice in", "Set HOME."),
          null);
    }
    try {
      Path folder = Files.createDirectories(file.resolveSibling(""));
      Path next = Files.createTempFile(folder, "next", ""); // for its owner only
      try {
        Files.writeString(next, id + "\n\n" + of + "\n");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(next);
      }
    } catch (IOException e) {
      throw new CommandException(LocalFileErrors.failure("Could not write " + file, e), e);
    }
  }

  /** Forgets an account that has signed out; a later one is not its successor. */
  void forget(String id) {
    if (file == null || !id.equals(id())) {
      return;
    }
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new CommandException(LocalFileErrors.failure("Could not delete " + file, e), e);
    }
  }

  private static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
