package dev.latchkey.store;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.fixture.ChildJvm;
import dev.latchkey.fixture.TryLock;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

class FileLeaseTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path directory;

  @Test
  void oneHolderAtATimeHasTheFileUnderAnyOfItsNames() throws Exception {
    Path link =
        Files.createSymbolicLink(
            directory.resolve("link"), Files.createDirectory(directory.resolve("real")));
    Path file = directory.resolve("real/lock");
    Path other = link.resolve("../real/./lock");

    try (FileLease lease = FileLease.acquire(file, Duration.ZERO)) {
      TokenStoreFailure failure =
          catchThrowableOfType(
              TokenStoreFailure.class, () -> FileLease.acquire(other, Duration.ofMillis(5)));

      assertThat(failure.problem()).isEqualTo(Problem.LEASE_TIMEOUT);
      assertThat(lease).hasToString("FileLease[" + file.toRealPath() + ", held]");
    }

    FileLease.acquire(other, Duration.ZERO).close();
  }

  @Test
  void aWaiterGetsTheLeaseOnceAnotherThreadClosesIt() throws Exception {
    Path file = directory.resolve("lock");
    FileLease lease = FileLease.acquire(file, Duration.ZERO);
    CompletableFuture<Void> closer =
        CompletableFuture.runAsync(
            lease::close, CompletableFuture.delayedExecutor(50, MILLISECONDS));

    FileLease.acquire(file, LONG).close();

    closer.join();
    assertThat(lease.toString()).contains("released");
  }

  @Test
  void theLockFileStays() throws Exception {
    Path file = directory.resolve("deep/down/lock");

    FileLease.acquire(file, Duration.ZERO).close();

    assertThat(file).isEmptyFile();
  }

  @Test
  void anInterruptEndsTheWaitForAnotherClassLoader() throws Exception {
    Path file = directory.resolve("lock");
    try (SecondLibrary library = new SecondLibrary()) {
      AutoCloseable theirs = library.acquire(file);
      CompletableFuture<Void> interrupter =
          CompletableFuture.runAsync(
              Thread.currentThread()::interrupt,
              CompletableFuture.delayedExecutor(50, MILLISECONDS));

      Throwable thrown = catchThrowable(() -> FileLease.acquire(file, LONG));

      assertThat(thrown).isInstanceOf(InterruptedException.class);
      interrupter.join();
      theirs.close();
    }
  }

  /** Closing any channel on a file releases all locks of the process on that file. */
  @Tag("processes")
  @Test
  void aSecondCopyOfTheLibraryInTheProcessDoesNotLoseItsLock() throws Exception {
    Path file = directory.resolve("lock");
    try (SecondLibrary library = new SecondLibrary()) {
      AutoCloseable theirs = library.acquire(file);

      for (int i = 0; i < 3; i++) {
        Throwable ours = catchThrowable(() -> FileLease.acquire(file, Duration.ofMillis(5)));
        assertThat(ours).isInstanceOf(TokenStoreFailure.class);
      }

      assertThat(lockedForOtherProcesses(file)).isTrue();
      theirs.close();
      try (FileLease ours = FileLease.acquire(file, LONG)) {
        assertThat(ours.toString()).contains("held");
        assertThat(lockedForOtherProcesses(file)).isTrue();
      }
      assertThat(lockedForOtherProcesses(file)).isFalse();
    }
  }

  private static boolean lockedForOtherProcesses(Path file) throws Exception {
    return ChildJvm.run(TryLock.class, file.toString()).equals("locked");
  }

  /** The store package, loaded again by another class loader. */
  private static final class SecondLibrary implements AutoCloseable {
    private final URLClassLoader loader =
        new URLClassLoader(
            new URL[] {
              FileLease.class.getProtectionDomain().getCodeSource().getLocation(),
              Logger.class.getProtectionDomain().getCodeSource().getLocation()
            },
            ClassLoader.getPlatformClassLoader());

    AutoCloseable acquire(Path file) throws ReflectiveOperationException {
      Class<?> theirs = loader.loadClass(FileLease.class.getName());
      assertThat(theirs).isNotSameAs(FileLease.class);
      Method acquire = theirs.getMethod("acquire", Path.class, Duration.class);
      return (AutoCloseable) acquire.invoke(null, file, Duration.ZERO);
    }

    @Override
    public void close() throws IOException {
      loader.close();
    }
  }
}
