package dev.latchkey.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A disk of which one step fails, until it is mended. */
final class FaultyDisk extends Disk {

  enum Step {
    READ,
    CREATE,
    REPLACE,
    DELETE,
    SYNC
  }

  private @Nullable Step faulty;
  private IOException fault = new IOException();

  void breakStep(Step step, IOException how) {
    faulty = step;
    fault = how;
  }

  void mend() {
    faulty = null;
  }

  @Override
  byte @Nullable [] read(Path file, int limit) throws IOException {
    failAt(Step.READ);
    return super.read(file, limit);
  }

  @Override
  void create(Path file, byte[] bytes) throws IOException {
    if (faulty == Step.CREATE) {
      Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    }
    failAt(Step.CREATE);
    super.create(file, bytes);
  }

  @Override
  void replace(Path fresh, Path old) throws IOException {
    failAt(Step.REPLACE);
    super.replace(fresh, old);
  }

  @Override
  boolean delete(Path file) throws IOException {
    failAt(Step.DELETE);
    return super.delete(file);
  }

  @Override
  void sync(Path directory) throws IOException {
    failAt(Step.SYNC);
    super.sync(directory);
  }

  private void failAt(Step step) throws IOException {
    if (step == faulty) {
      throw fault;
    }
  }
}
