package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No message of the JDK or of another library goes into a log or a chain of causes by itself: each
 * goes through {@code SafeCause}, which leaves out what may quote a secret. The exceptions of this
 * library do so in their constructors; what is left is read here in the source.
 */
class ForeignMessagesTest {

  private static final List<String> MODULES =
      List.of("core", "graph-lite", "keyring-store", "swing");

  /** The parameters of a {@code catch}, and the usual names of a failure in a lambda. */
  private static final Pattern CAUGHT = Pattern.compile("catch \\([^)]*?(\\w+)\\)");

  private static final Set<String> USUAL = Set.of("e", "failure", "cause", "thrown");

  private static final Pattern LOG = Pattern.compile("\\b(?:log|LOG)\\.\\w+\\(([^;]*)\\);");

  /** Exceptions of the JDK with a cause, and the method that gives one to any exception. */
  private static final Pattern CHAINED =
      Pattern.compile("(?:new (?!InvalidResponse)\\w*Exception|initCause)\\(([^;]*?)\\);");

  private static final Set<String> HARMLESS =
      Set.of(
          // Causes of our own classes, whose messages are ours.
          "Claims.java: \"claims must be a JSON object\", e",
          "FileSendJournal.java: e.getMessage(), e",
          "JournalEntry.java: \"an entry is damaged: \" + how, cause",
          // The reading of our own resources, and a timer that cannot fail.
          "ErrorTable.java: e",
          "Texts.java: e",
          "FileLease.java: impossible",
          "QueuedCall.java: impossible",
          "SecretPrompt.java: impossible",
          "Sha256.java: \"Every Java platform has SHA-256\", e",
          // The JDK's words about an attribute that the file system does not have.
          "BusSearch.java: \"This system has no owners of files\", e",
          // Chained once more by a KeyringUnavailable, which leaves out what has to be.
          "SessionBus.java: \"D-Bus call failed: \" + method, e",
          "KWalletHost.java: \"KWallet is gone.\", e",
          "KWalletDaemon.java: \"KWallet is gone.\", e",
          "SecretPrompt.java: \"The keyring refused its own prompt.\", e",
          "SecretService.java: \"The keyring refused \" + what + \".\", e",
          "SecretServiceKeyring.java: \"No encrypted session with the keyring\", e",
          "SecretServiceKeyring.java: \"The keyring's answer cannot be decrypted.\", e",
          "SecretServiceKeyring.java: \"The secret cannot be encrypted.\", e",
          // Caught again as the cause of a failed read, or of an interrupt.
          "StreamingResponse.java: \"the answer broke off\", cause",
          "StreamingResponse.java: e",
          "Futures.java: e",
          // The stream or the file of the application, whose own exception it gets back.
          "Drive.java: failure.getMessage(), failure");

  @Test
  void noForeignExceptionIsLoggedAsItIs() throws IOException {
    assertThat(found(LOG)).isEmpty();
  }

  @Test
  void noForeignExceptionBecomesACauseAsItIs() throws IOException {
    assertThat(found(CHAINED)).isSubsetOf(HARMLESS);
  }

  /** The statements that pass on an exception by its name alone. */
  private static Set<String> found(Pattern statements) throws IOException {
    List<String> found = new ArrayList<>();
    int read = 0;
    for (Path file : sources()) {
      String code = Files.readString(file);
      Set<String> names =
          CAUGHT.matcher(code).results().map(m -> m.group(1)).collect(Collectors.toSet());
      names.addAll(USUAL);
      Matcher statement = statements.matcher(code);
      while (statement.find()) {
        read++;
        String arguments = statement.group(1).replaceAll("\\s+", " ").strip();
        String last = arguments.substring(arguments.lastIndexOf(',') + 1).strip();
        if (names.contains(last)) {
          found.add(file.getFileName() + ": " + arguments);
        }
      }
    }
    assertThat(read).as("statements that were read").isGreaterThan(20);
    return new TreeSet<>(found);
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String module : MODULES) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
        files.filter(ForeignMessagesTest::isRead).forEach(sources::add);
      }
    }
    return sources;
  }

  private static boolean isRead(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".java") && !name.equals("SafeCause.java");
  }
}
