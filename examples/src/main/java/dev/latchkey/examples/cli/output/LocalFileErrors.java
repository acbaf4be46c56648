package dev.latchkey.examples.cli.output;

import dev.latchkey.graph.drive.SourceChanged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Errors with local files, reported under the names that the person typed. */
public final class LocalFileErrors {

  private static final String REMEDY =
      "Check that the path is right, that you may read and write there, and that the disk is not"
          + " full.";

  private static final String JOURNAL_REMEDY =
      "Restore the journal from a backup. Or check the folder of sent mail, and send the rest"
          + " with another journal.";

  private LocalFileErrors() {}

  /** Does the work; {@code doing} completes the sentence "Could not …". */
  public static <T> T during(String doing, Supplier<T> work) {
    try {
      return work.get();
    } catch (SourceChanged e) {
      String remedy = "Run the command again when no one is writing to the file.";
      throw new CommandException(CommandError.localFile(String.valueOf(e.getMessage()), remedy), e);
    } catch (UncheckedIOException e) {
      throw new CommandException(failure("Could not " + doing, e.getCause()), e);
    }
  }

  /** Like {@link #during(String, Supplier)}, for work without a result. */
  public static void during(String doing, Runnable work) {
    during(
        doing,
        () -> {
          work.run();
          return true;
        });
  }

  /** Sends mail with a journal, which may have damaged entries. */
  public static <T> T withJournal(Path journal, Supplier<T> sending) {
    String doing = "use the journal " + journal;
    try {
      return during(doing, sending);
    } catch (CancellationException e) { // a subclass of IllegalStateException
      throw e;
    } catch (IllegalStateException e) {
      if (e.getCause() instanceof IOException damage) {
        String message = "Could not " + doing + ": " + reason(damage);
        throw new CommandException(CommandError.localFile(message, JOURNAL_REMEDY), e);
      }
      throw e;
    }
  }

  public static CommandError failure(String message, @Nullable IOException trouble) {
    return CommandError.localFile(message + ": " + reason(trouble), REMEDY);
  }

  /** Rejects a path that cannot become a file, before anything else is done. */
  public static void checkWritable(String given, Path file) {
    if (Files.isDirectory(file)) {
      throw failed(
          given + " is a directory",
          "Name a file in the directory, such as " + file.resolve("file") + ".");
    }
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw failed(
          given + ": there is no directory " + directory,
          "Create it first, or name another place.");
    }
    if (!Files.isWritable(directory)) {
      throw failed(
          given + ": no permission to write in " + directory, "Name a place where you may write.");
    }
  }

  public static CommandException failed(String message, String remedy) {
    return new CommandException(CommandError.localFile(message, remedy), null);
  }

  /** Describes the failure: the message of the JDK's exceptions is only a path. */
  private static String reason(@Nullable IOException trouble) {
    if (trouble instanceof NoSuchFileException) {
      return "no such file or directory";
    } else if (trouble instanceof AccessDeniedException) {
      return "no permission";
    } else if (trouble instanceof CharacterCodingException) {
      return "not UTF-8 text";
    }
    if (trouble instanceof FileAlreadyExistsException) {
      return "something else has that name";
    }
    String reason =
        trouble instanceof FileSystemException e
            ? e.getReason()
            : trouble == null ? null : trouble.getMessage();
    return reason == null ? "the file system refused it" : reason;
  }
}
