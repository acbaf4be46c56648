package dev.latchkey.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.keyring.fixture.DesktopSession;
import dev.latchkey.keyring.fixture.DesktopSession.Entry;
import dev.latchkey.keyring.fixture.KeyringOpener;
import dev.latchkey.store.StoredRecord;
import dev.latchkey.store.TokenStore;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real daemon that stalls now and then for longer than java-keyring waits for it. */
@Tag("daemons")
@Timeout(300)
class StallTest {

  private static final int STALLS = Integer.getInteger("latchkey.stalls", 6);
  private static final long STALL_MILLIS = 2_500; // java-keyring waits for 2000

  private final String service = "test-" + UUID.randomUUID();
  private DesktopSession session;
  private TokenStore store;

  @BeforeEach
  void logIn() throws Exception {
    session = DesktopSession.withGnomeKeyring();
    store = new KeyringOpener().open(KeyringOpener.location(session, service));
  }

  @AfterEach
  void logOut() throws Exception {
    if (store != null) {
      store.close();
    }
    if (session != null) {
      session.close();
    }
  }

  @Test
  void readersTakeNothingForAbsent() throws Exception {
    store.write("account", "content", null);
    var stalls = stalls();
    int reads = 0;

    while (!stalls.isDone()) {
      String content = read();
      assertThat(content).isIn("content", "failed");
      reads += content.equals("failed") ? 0 : 1;
    }

    stalls.join();
    assertThat(reads).isPositive();
    assertThat(read()).isEqualTo("content");
  }

  @Test
  void writersTakeNothingForAbsent() throws Exception {
    var stalls = stalls();
    int writes = 0;

    for (int round = 0; !stalls.isDone(); round++) {
      writes += change(round % 3 < 2 ? "content " + round : null) ? 1 : 0;
    }

    stalls.join();
    assertThat(writes).isPositive();
    assertThat(change("at last")).isTrue();
    assertThat(read()).isEqualTo("at last");
    assertThat(store.keys()).containsExactly("account");
    assertThat(session.entries(service)).extracting(Entry::account).doesNotHaveDuplicates();
  }

  /** An abandoned write may still happen, but not in the middle of another. */
  @Test
  void writersThatGiveUpDisturbNoOther() throws Exception {
    store.write("account", "0", null);
    int written = 0;
    int given = 0;

    try (TokenStore one = impatient();
        TokenStore other = impatient()) {
      var stalls = stalls(); // not before: opening a store during a stall would time out as well
      for (int round = 1; !stalls.isDone(); round++) {
        TokenStore writer = round % 2 == 0 ? one : other;
        TokenStore reader = round % 2 == 0 ? other : one;
        String content = "content " + round;
        try {
          StoredRecord before = Objects.requireNonNull(writer.read("account"));
          assertThat(writer.write("account", content, before.version())).isNotNull();
          assertThat(Objects.requireNonNull(reader.read("account")).content()).isEqualTo(content);
          written++;
        } catch (TokenStoreFailure typed) {
          assertThat(typed.problem()).isEqualTo(TokenStoreFailure.Problem.TIMED_OUT);
          given++;
        }
      }
      stalls.join();
    }

    System.out.println("keyring stalls: " + written + " written, " + given + " given up");
    assertThat(written).isPositive();
    assertThat(given).isPositive();
    assertThat(change("at last")).isTrue();
    assertThat(read()).isEqualTo("at last");
    assertThat(session.entries(service)).extracting(Entry::account).doesNotHaveDuplicates();
  }

  /** A store that gives up before a stall is over. */
  private TokenStore impatient() {
    return KeyringOpener.builder(KeyringOpener.location(session, service))
        .callLimit(Duration.ofMillis(STALL_MILLIS / 2))
        .open();
  }

  private String read() {
    try {
      StoredRecord record = store.read("account");
      return record == null ? "absent" : record.content();
    } catch (TokenStoreFailure typed) {
      return "failed";
    }
  }

  /** Replaces the record, or deletes it if the content is null; returns false if that fails. */
  private boolean change(@Nullable String content) {
    try {
      StoredRecord before = store.read("account");
      String version = before == null ? null : before.version();
      if (content != null) {
        assertThat(store.write("account", content, version)).isNotNull();
      } else if (version != null) {
        assertThat(store.delete("account", version)).isTrue();
      }
      return true;
    } catch (TokenStoreFailure typed) {
      assertThat(typed.problem()).isNotEqualTo(TokenStoreFailure.Problem.AMBIGUOUS);
      return false;
    }
  }

  private CompletableFuture<Void> stalls() {
    var random = new Random();
    return CompletableFuture.runAsync(
        () -> {
          for (int stall = 0; stall < STALLS; stall++) {
            try {
              Thread.sleep(random.nextInt(300));
              DesktopSession.signal(session.daemon(), "STOP");
              Thread.sleep(STALL_MILLIS);
              DesktopSession.signal(session.daemon(), "CONT");
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          }
        });
  }
}
