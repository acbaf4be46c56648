package dev.latchkey.keyring.internal.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.javakeyring.BackendNotSupportedException;
import dev.latchkey.keyring.fixture.StoreJvm;
import dev.latchkey.keyring.fixture.StoreProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The files of jkeychain 1.1.0, as its code makes them. */
class UnpackedLibraryTest {

  @TempDir Path temporary;

  @Test
  void libraryThatWasUnpackedDoesNotStayInTheTemporaryFolder() throws Exception {
    file("osxkeychain1.so", "of an earlier start");
    file("other2.so", "of another library");

    String keyring =
        UnpackedLibrary.removedAfter(
            temporary,
            () -> {
              file("osxkeychain3.so", "library");
              file("osxkeychain4.so", ""); // jkeychain itself removes this one
              return "open";
            });

    assertThat(keyring).isEqualTo("open");
    assertThat(names()).containsExactly("osxkeychain1.so", "osxkeychain4.so", "other2.so");
  }

  @Test
  void libraryThatAnotherProgramIsAboutToLoadIsLeft() throws Exception {
    UnpackedLibrary.removedAfter(
        temporary,
        () -> {
          file("osxkeychain1.so", "library");
          return file("osxkeychain2.so", "library of another program");
        });

    assertThat(names()).containsExactly("osxkeychain1.so", "osxkeychain2.so");
  }

  @Test
  @Timeout(60)
  void librariesOfTwoStoresThatAreOpenedAtOnceDoNotStay() throws Exception {
    CountDownLatch bothAreThere = new CountDownLatch(1);
    FutureTask<String> second =
        new FutureTask<>(
            () ->
                UnpackedLibrary.removedAfter(
                    temporary,
                    () -> {
                      file("osxkeychain2.so", "library");
                      awaitOpen(bothAreThere);
                      return "second";
                    }));
    Thread another = new Thread(second);

    UnpackedLibrary.removedAfter(
        temporary,
        () -> {
          another.start();
          while (another.isAlive()
              && another.getState() != Thread.State.BLOCKED
              && names().isEmpty()) {
            Thread.onSpinWait();
          }
          file("osxkeychain1.so", "library");
          bothAreThere.countDown();
          return "first";
        });

    assertThat(second.get()).isEqualTo("second");
    assertThat(names()).isEmpty();
  }

  @Test
  void libraryThatCannotBeLoadedDoesNotStayEither() throws Exception {
    Throwable failure =
        catchThrowable(
            () ->
                UnpackedLibrary.removedAfter(
                    temporary,
                    () -> {
                      file("osxkeychain1.so", "library of another processor");
                      throw new BackendNotSupportedException("cannot be loaded");
                    }));

    assertThat(failure).isInstanceOf(BackendNotSupportedException.class);
    assertThat(names()).isEmpty();
  }

  @Test
  void folderThatCannotBeReadStopsNothing() throws Exception {
    assertThat(UnpackedLibrary.removedAfter(temporary.resolve("absent"), () -> "open"))
        .isEqualTo("open");
  }

  /** The real one, which only a mac can load, in a process that takes itself for one. */
  @Test
  @Tag("processes")
  @DisabledOnOs(OS.MAC)
  void jkeychainLeavesNothingInTheTemporaryFolder() throws Exception {
    List<String> options =
        List.of("-Djava.io.tmpdir=" + temporary, "-Dos.name=Mac OS X", "-XX:-UsePerfData");

    try (StoreJvm child = StoreJvm.startWith(options, StoreProgram.class, "keychain", "")) {
      assertThat(child.end()).contains("unpacked, and cannot be loaded");
    }

    assertThat(names()).isEmpty();
  }

  private Path file(String name, String content) {
    try {
      return Files.writeString(temporary.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitOpen(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> names() {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
