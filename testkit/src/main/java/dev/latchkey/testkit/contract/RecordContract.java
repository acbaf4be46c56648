package dev.latchkey.testkit.contract;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.latchkey.store.StoredRecord;
import dev.latchkey.store.TokenStore;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The part of {@link TokenStoreContract} that concerns records. */
public abstract class RecordContract {

  private static final String SECRET = "refresh-token-0.AXEA-hunter2";

  /** A handle on the storage, opened before each test. */
  TokenStore handle;

  /** Another handle on the same storage. */
  TokenStore otherHandle;

  RecordContract() {}

  /**
   * Opens a handle on the storage of the current test; see {@link TokenStoreContract#open()}.
   *
   * @return a new handle
   * @throws Exception if the storage cannot be opened
   */
  protected abstract TokenStore open() throws Exception;

  @BeforeEach
  final void openTwice() throws Exception {
    handle = open();
    otherHandle = open();
  }

  @AfterEach
  final void closeBoth() {
    handle.close();
    otherHandle.close();
  }

  @Test
  void aNewStoreHoldsNothing() {
    assertNull(handle.read("account"));
    assertEquals(Set.of(), handle.keys());
  }

  @Test
  void aRecordIsReadBackThroughAnyHandle() {
    String version = create("account", "content");

    assertEquals(new StoredRecord("content", version), handle.read("account"));
    assertEquals(new StoredRecord("content", version), otherHandle.read("account"));
    assertEquals(Set.of("account"), otherHandle.keys());
  }

  @Test
  void creatingAnExistingRecordChangesNothing() {
    String version = create("account", "old");

    assertNull(handle.write("account", "new", null));
    assertNull(otherHandle.write("account", "new", null));

    assertEquals(new StoredRecord("old", version), handle.read("account"));
  }

  @Test
  void replacingNeedsTheCurrentVersion() {
    String first = create("account", "first");
    String second = requireNonNull(otherHandle.write("account", "second", first));

    assertNull(handle.write("account", "third", first));
    assertNull(handle.write("account", "third", first + "0"));
    assertEquals(new StoredRecord("second", second), handle.read("account"));
    assertNotNull(handle.write("account", "third", second));
  }

  @Test
  void replacingAMissingRecordCreatesNone() {
    String version = create("other", "content");

    assertNull(handle.write("account", "content", version));

    assertNull(handle.read("account"));
    assertEquals(Set.of("other"), handle.keys());
  }

  @Test
  void deletingNeedsTheCurrentVersion() {
    String first = create("account", "first");
    String second = requireNonNull(handle.write("account", "second", first));

    assertFalse(otherHandle.delete("account", first));
    assertFalse(handle.delete("nobody", second));
    assertEquals(new StoredRecord("second", second), handle.read("account"));
    assertTrue(otherHandle.delete("account", second));
    assertFalse(otherHandle.delete("account", second));

    assertNull(handle.read("account"));
    assertEquals(Set.of(), handle.keys());
  }

  @Test
  void noVersionIsUsedTwice() {
    Set<String> versions = new HashSet<>();

    for (int i = 0; i < 10; i++) {
      String created = create("account", "same");
      String replaced = requireNonNull(otherHandle.write("account", "same", created));
      assertTrue(versions.add(created), "a version came back after a deletion");
      assertTrue(versions.add(replaced), "a version came back although the content is the same");
      assertTrue(handle.delete("account", replaced));
    }
  }

  @Test
  void aDeletedRecordCannotBeReplacedByItsLastVersion() {
    String version = create("account", "content");
    handle.delete("account", version);

    assertNull(otherHandle.write("account", "content", version));

    assertNull(handle.read("account"));
  }

  @Test
  void contentsAreReadBackUnchanged() {
    String version = null;
    for (String content : OddTexts.all()) {
      version = handle.write("account", content, version);

      assertNotNull(version);
      StoredRecord read = requireNonNull(otherHandle.read("account"));
      assertEquals(content.length(), read.content().length(), "length");
      assertEquals(content, read.content());
      assertEquals(version, read.version());
    }
  }

  @Test
  void keysAreASnapshotThatCannotBeChanged() {
    create("a", "content");
    Set<String> before = handle.keys();

    create("b", "content");

    assertEquals(Set.of("a"), before);
    assertEquals(Set.of("a", "b"), handle.keys());
    assertThrows(UnsupportedOperationException.class, () -> before.remove("a"));
  }

  @Test
  void recordsWithAllKindsOfKeysCoexist() {
    Set<String> keys = new HashSet<>(Set.of("-", "--", "0", "con", "nul", "z".repeat(64)));
    for (int i = 0; i < 30; i++) {
      keys.add("account-" + i);
    }

    keys.forEach(key -> create(key, "of " + key));
    assertEquals(keys, otherHandle.keys());
    for (String key : keys) {
      StoredRecord read = requireNonNull(otherHandle.read(key));
      assertEquals("of " + key, read.content());
      if (key.endsWith("7")) {
        assertTrue(handle.delete(key, read.version()));
      }
    }

    keys.removeIf(key -> key.endsWith("7"));
    assertEquals(keys, otherHandle.keys());
    keys.forEach(key -> assertNotNull(handle.read(key), key));
  }

  @Test
  void oneOfManyCreatorsWins() throws Exception {
    AtomicInteger turn = new AtomicInteger();

    List<Boolean> created =
        Together.run(
            8, () -> either(turn.getAndIncrement()).write("account", "content", null) != null);

    assertEquals(1, created.stream().filter(won -> won).count());
    assertEquals(Set.of("account"), handle.keys());
  }

  @Test
  void eightThreadsThatCountLoseNoUpdate() throws Exception {
    create("counter", "0");
    AtomicInteger turn = new AtomicInteger();

    Together.run(8, () -> Counter.add(either(turn.getAndIncrement()), "counter", 5));

    assertEquals("40", requireNonNull(handle.read("counter")).content());
  }

  @Test
  void readersSeeOnlyWholeRecords() throws Exception {
    List<String> contents = List.of("a", "b".repeat(5_000));
    create("account", contents.get(0));
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Integer> reader =
        CompletableFuture.supplyAsync(
            () -> {
              int reads = 0;
              while (!done.get() || reads == 0) {
                StoredRecord read = requireNonNull(otherHandle.read("account"), "it vanished");
                assertTrue(contents.contains(read.content()), "a part of a record was read");
                reads++;
              }
              return reads;
            });

    try {
      for (int i = 1; i <= 40; i++) {
        StoredRecord now = requireNonNull(handle.read("account"));
        assertNotNull(handle.write("account", contents.get(i % 2), now.version()));
      }
    } finally {
      done.set(true);
    }

    assertTrue(reader.get(30, TimeUnit.SECONDS) > 0);
  }

  @Test
  void preparingAWriteChangesNothing() {
    handle.prepareWrite("nobody", 5_000);
    String version = create("account", "content");
    handle.prepareWrite("account", 5_000);

    assertNull(otherHandle.read("nobody"));
    assertEquals(Set.of("account"), otherHandle.keys());
    assertEquals(new StoredRecord("content", version), otherHandle.read("account"));
    assertNotNull(otherHandle.write("account", "new", version));
  }

  @Test
  void closingLeavesTheRecords() throws Exception {
    String version = create("account", "content");
    handle.close();
    otherHandle.close();

    try (TokenStore again = open()) {
      assertEquals(new StoredRecord("content", version), again.read("account"));
    }
  }

  @Test
  void nothingSecretIsPrinted() throws Exception {
    create("account", SECRET);

    try (TokenStore.Lease lease = handle.lease("account", Duration.ofSeconds(30))) {
      String printed = handle.description() + handle + handle.read("account") + lease;
      assertFalse(printed.contains(SECRET) || printed.contains("hunter2"), printed);
    }
    assertFalse(handle.description().isBlank());
    assertEquals(1, handle.description().lines().count());
  }

  private TokenStore either(int number) {
    return number % 2 == 0 ? handle : otherHandle;
  }

  private String create(String key, String content) {
    return requireNonNull(handle.write(key, content, null), "no version: the record existed");
  }
}
