package dev.latchkey.graph.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.graph.internal.http.Waits;
import dev.latchkey.internal.file.OwnerOnlyFile;
import dev.latchkey.internal.text.SafeCause;
import dev.latchkey.internal.text.Sha256;
import dev.latchkey.store.FileLease;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One file per message, replaced atomically under a lock that all processes share. */
final class FileSendJournal implements SendJournal {

  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(30);

  /** Far more than an entry needs: it names a message and a step. */
  private static final int MAX_ENTRY = 1 << 20;

  private final Path directory;

  FileSendJournal(Path directory) {
    this.directory = directory.toAbsolutePath();
  }

  @Override
  public @Nullable String read(String key) {
    try {
      byte[] entry = OwnerOnlyFile.read(file(key), MAX_ENTRY);
      return entry == null ? null : new String(entry, UTF_8);
    } catch (ClosedByInterruptException e) {
      throw Waits.interrupted(e);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read the journal of sent mail", SafeCause.of(e));
    }
  }

  @Override
  public boolean replace(String key, @Nullable String expected, String entry) {
    // The lease also creates the directory, and refuses one to which others may write.
    try (FileLease lease = FileLease.acquire(directory.resolve("lock"), LOCK_TIMEOUT)) {
      if (!Objects.equals(read(key), expected)) {
        return false;
      }
      OwnerOnlyFile.write(file(key), entry);
      if (OwnerOnlyFile.isPosix(directory)) { // elsewhere a directory cannot be opened
        OwnerOnlyFile.sync(directory);
      }
      return true;
    } catch (TokenStoreFailure e) {
      throw failed(new IOException(e.getMessage(), e));
    } catch (InterruptedException | ClosedByInterruptException e) {
      throw Waits.interrupted(e);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private Path file(String key) {
    return directory.resolve(Sha256.hex(key) + ".json");
  }

  private static UncheckedIOException failed(IOException e) {
    return new UncheckedIOException("Could not write the journal of sent mail", SafeCause.of(e));
  }
}
