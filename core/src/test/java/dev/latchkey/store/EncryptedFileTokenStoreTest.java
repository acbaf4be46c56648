package dev.latchkey.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.internal.file.FileOperations;
import dev.latchkey.internal.file.OwnerOnlyFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is specific to files. The testkit's contract tests the rest. */
class EncryptedFileTokenStoreTest {

  private static final byte[] KEY = "0123456789abcdefghijklmnopqrstuv".getBytes(US_ASCII);

  @TempDir Path directory;

  private EncryptedFileTokenStore store;
  private Path record;

  @BeforeEach
  void open() {
    store = EncryptedFileTokenStore.open(directory, KEY);
    record = directory.resolve("latchkey-account.record");
  }

  @Test
  void theKeyIsCopied() {
    byte[] key = KEY.clone();
    var other = EncryptedFileTokenStore.open(directory, key);
    Arrays.fill(key, (byte) 0);

    other.write("account", "x", null);

    assertThat(store.read("account")).extracting(StoredRecord::content).isEqualTo("x");
  }

  @Test
  void aSecretKeyAndItsBytesOpenTheSameStore() {
    store.write("account", "x", null);

    var other = EncryptedFileTokenStore.open(directory, new SecretKeySpec(KEY, "AES"));

    assertThat(other.read("account")).isEqualTo(store.read("account"));
  }

  @Test
  void aKeyOfAnotherLengthIsAnIllegalArgument() {
    Path unused = directory.resolve("unused");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> EncryptedFileTokenStore.open(unused, new byte[16]));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> EncryptedFileTokenStore.open(unused, new SecretKeySpec(KEY, 0, 16, "AES")));
    assertThat(unused).doesNotExist();
  }

  @Test
  void anotherKeyIsRejectedWhenTheStoreIsOpened() throws Exception {
    store.write("account", "x", null);
    byte[] before = Files.readAllBytes(record);

    TokenStoreFailure failure =
        failureOf(() -> EncryptedFileTokenStore.open(directory, new byte[32]));

    assertThat(failure.problem()).isEqualTo(Problem.WRONG_KEY);
    assertThat(failure.remedy()).contains(record.toString());
    assertThat(Files.readAllBytes(record)).isEqualTo(before);
  }

  @Test
  void aRecordOfAnotherKeyIsNotOverwritten() throws Exception {
    var other = EncryptedFileTokenStore.open(directory, new byte[32]);
    other.write("account", "x", null);

    assertThatNothingTouches(Problem.WRONG_KEY);
  }

  @Test
  void aDamagedRecordIsListedAndNotOverwritten() throws Exception {
    writeRecord("rubbish".getBytes(US_ASCII));

    assertThat(store.keys()).containsExactly("account");
    assertThatNothingTouches(Problem.DAMAGED);
  }

  @Test
  void anEmptyRecordIsDamaged() throws Exception {
    writeRecord(new byte[0]);

    assertThatNothingTouches(Problem.DAMAGED);
  }

  @Test
  void aRecordOfANewerFormatIsNotOverwritten() throws Exception {
    byte[] file = new byte[40];
    System.arraycopy(HexFormat.of().parseHex("6c617463686b657902"), 0, file, 0, 9);
    CRC32 crc = new CRC32();
    crc.update(file, 0, 9);
    crc.update(file, 13, file.length - 13);
    ByteBuffer.wrap(file).putInt(9, (int) crc.getValue());
    writeRecord(file);

    assertThatNothingTouches(Problem.NEWER);
  }

  @Test
  void aHugeFileIsNotReadToItsEnd() throws Exception {
    writeRecord(new byte[0]);
    try (var file = new RandomAccessFile(record.toFile(), "rw")) {
      file.setLength(1L << 40); // sparse: 1 TiB
    }

    assertThat(failureOf(() -> store.read("account")).problem()).isEqualTo(Problem.DAMAGED);
  }

  @Test
  void otherFilesInTheDirectoryAreIgnored() throws Exception {
    for (String name :
        new String[] {"notes.txt", "latchkey-.record", "latchkey-A.record", "x.record"}) {
      Files.createFile(directory.resolve(name));
    }

    assertThat(store.keys()).isEmpty();
  }

  @Test
  void leftoversOfAKilledWriterAreDeletedOnOpening() throws Exception {
    Path leftover = Files.createFile(directory.resolve("latchkey-account.tmp"));

    EncryptedFileTokenStore.open(directory, KEY);

    assertThat(leftover).doesNotExist();
  }

  @Test
  void temporaryFileOfALivingWriterIsLeftAlone() throws Exception {
    Path living = Files.createFile(directory.resolve("latchkey-account.tmp"));
    Path dead = Files.createFile(directory.resolve("latchkey-other.tmp"));

    try (var writing =
        FileLease.acquire(directory.resolve("latchkey-account.lock"), Duration.ZERO)) {
      EncryptedFileTokenStore.open(directory, KEY);

      assertThat(writing.toString()).contains("held");
      assertThat(living).exists();
      assertThat(dead).doesNotExist();
    }
  }

  @Test
  void anInterruptedThreadStillReadsAndWrites() {
    Thread.currentThread().interrupt();

    String version = requireNonNull(store.write("account", "x", null));
    StoredRecord read = store.read("account");
    store.prepareWrite("account", 100);
    boolean deleted = store.delete("account", version);

    assertThat(Thread.interrupted()).as("the interrupt is still there").isTrue();
    assertThat(read).isEqualTo(new StoredRecord("x", version));
    assertThat(deleted).isTrue();
  }

  @Test
  void writeForcesAFileAndItsDirectoryAndTheCheckBeforeItForcesAsManyBytesAsItMayNeed() {
    List<String> forced = new ArrayList<>();
    FileOperations disk =
        new FileOperations() {
          @Override
          public void create(Path file, byte[] bytes) throws IOException {
            forced.add(bytes.length + " bytes, compressed " + compressedLength(bytes));
            super.create(file, bytes);
          }

          @Override
          public void sync(Path names) throws IOException {
            forced.add("directory");
            super.sync(names);
          }
        };
    var counted = EncryptedFileTokenStore.open(directory, KEY, disk, Duration.ofSeconds(10));
    forced.clear();

    counted.prepareWrite("account", 1000);
    counted.write("account", "\uFFFD".repeat(1000), null);

    String incompressible = "3049 bytes, compressed 3049";
    assertThat(forced).containsExactly(incompressible, incompressible, "directory");
  }

  /** As a file system may compress it; no longer than the bytes themselves. */
  private static int compressedLength(byte[] bytes) {
    Deflater deflater = new Deflater();
    deflater.setInput(bytes);
    deflater.finish();
    int length = deflater.deflate(new byte[2 * bytes.length]);
    deflater.end();
    return Math.min(bytes.length, length);
  }

  @Test
  void interruptsInTheMiddleOfWritesLoseNothing() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    Thread writer = Thread.currentThread();
    CompletableFuture<Void> tormentor =
        CompletableFuture.runAsync(
            () -> {
              while (!done.get()) {
                writer.interrupt();
                LockSupport.parkNanos(
                    ThreadLocalRandom.current().nextLong(MILLISECONDS.toNanos(10)));
              }
            });

    String version = requireNonNull(store.write("account", "write", null));
    for (int i = 0; i < 25; i++) {
      version = requireNonNull(store.write("account", "write " + i, version));
    }
    done.set(true);
    // Not get(): the last interrupt may still be pending.
    tormentor.join();
    Thread.interrupted();

    assertThat(store.read("account")).isEqualTo(new StoredRecord("write 24", version));
  }

  @Test
  void aDeletedDirectoryIsCreatedAgain() throws Exception {
    Path below = directory.resolve("below");
    var other = EncryptedFileTokenStore.open(below, KEY);
    Files.delete(below);

    assertThat(other.read("account")).isNull();
    assertThat(other.keys()).isEmpty();
    assertThat(other.write("account", "x", null)).isNotNull();
  }

  @Test
  void aWriterThatDoesNotEndIsATypedFailure() throws Exception {
    var other =
        EncryptedFileTokenStore.open(directory, KEY, new FileOperations(), Duration.ofMillis(50));

    try (var writing =
        FileLease.acquire(directory.resolve("latchkey-account.lock"), Duration.ZERO)) {
      TokenStoreFailure failure = failureOf(() -> other.write("account", "x", null));

      assertThat(writing).isNotNull();
      assertThat(failure.problem()).isEqualTo(Problem.TIMED_OUT);
    }
  }

  @Test
  void nothingSecretIsPrinted() {
    String version = requireNonNull(store.write("account", "hunter2", null));

    assertThat(store + " " + store.description() + " " + store.read("account"))
        .contains(directory.toString(), version)
        .doesNotContain("hunter2", "0123456789", HexFormat.of().formatHex(KEY));
  }

  private void writeRecord(byte[] bytes) throws IOException {
    OwnerOnlyFile.create(record, bytes);
  }

  private void assertThatNothingTouches(Problem problem) throws IOException {
    byte[] before = Files.readAllBytes(record);

    for (ThrowingCallable call :
        new ThrowingCallable[] {
          () -> store.read("account"),
          () -> store.write("account", "y", null),
          () -> store.write("account", "y", "some version"),
          () -> store.delete("account", "some version"),
          () -> store.prepareWrite("account", 10)
        }) {
      TokenStoreFailure failure = failureOf(call);
      assertThat(failure.problem()).isEqualTo(problem);
      if (problem == Problem.NEWER) { // nobody is to delete what a newer version keeps there
        assertThat(failure.remedy()).isEqualTo("Update this program.");
        assertThat(failure.getMessage()).contains(record.toString());
      } else {
        assertThat(failure.remedy()).contains(record.toString());
      }
    }
    assertThat(Files.readAllBytes(record)).isEqualTo(before);
  }

  private static TokenStoreFailure failureOf(ThrowingCallable call) {
    TokenStoreFailure failure = catchThrowableOfType(TokenStoreFailure.class, call);
    assertThat(failure).as("nothing failed").isNotNull();
    return failure;
  }
}
