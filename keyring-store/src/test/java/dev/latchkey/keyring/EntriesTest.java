package dev.latchkey.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.keyring.fixture.DesktopSession;
import dev.latchkey.keyring.fixture.DesktopSession.Entry;
import dev.latchkey.keyring.fixture.KeyringOpener;
import dev.latchkey.store.StoredRecord;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What another program sees in a GNOME Keyring, and what many accounts cost. */
@Tag("daemons")
@Timeout(900)
class EntriesTest {

  private static final int ACCOUNTS = 200;
  private static final int SIZE = 4_096;
  private static final int READS = 25;

  private final String service = "test-" + UUID.randomUUID();
  private DesktopSession session;
  private KeyringTokenStore store;

  @BeforeEach
  void logIn() throws Exception {
    session = DesktopSession.withGnomeKeyring();
    store = (KeyringTokenStore) new KeyringOpener().open(KeyringOpener.location(session, service));
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
  void entriesAreShortAsciiTextsWhoseNamesRevealNothing() throws Exception {
    String secret = "refresh-token-of-adele";
    String content = secret + "\u0000\u00e4\ud83d\ude00".repeat(2_000);
    String version = Objects.requireNonNull(store.write("adele-contoso", content, null));
    String next = Objects.requireNonNull(store.write("adele-contoso", content + "2", version));

    List<Entry> entries = session.entries(service);

    assertThat(entries).hasSizeGreaterThanOrEqualTo(4); // two heads, and chunks of both
    for (Entry entry : entries) {
      assertThat(entry.secret()).hasSizeBetween(1, 1_200).matches("[ -~]+");
      assertThat(entry.account()).matches("(h|d)\\.([0-9a-f]{32}|index)(\\.[01]\\.[0-9]+)?");
      assertThat(entry.label()).isEqualTo(service + "|" + entry.account());
      assertThat(entry.toString()).doesNotContain("adele").doesNotContain(secret);
    }
    assertThat(store.delete("adele-contoso", next)).isTrue();
    assertThat(session.entries(service)).isEmpty();
  }

  @Test
  void readingOneAccountCostsTheSameAmongManyAsAlone() throws Exception {
    write(0);
    Duration alone = timeOfReading();
    for (int number = 1; number < ACCOUNTS; number++) {
      write(number);
    }

    Duration amongMany = timeOfReading();
    double ratio = (double) amongMany.toNanos() / alone.toNanos();
    System.out.printf(
        "keyring, %d accounts of %d characters: reading one takes %d ms, alone %d ms, ratio %.2f%n",
        ACCOUNTS, SIZE, amongMany.toMillis(), alone.toMillis(), ratio);

    Set<String> keys = new HashSet<>();
    for (int number = 0; number < ACCOUNTS; number++) {
      keys.add("account-" + number);
      StoredRecord read = Objects.requireNonNull(store.read("account-" + number));
      assertThat(read.content()).isEqualTo(content(number));
    }
    assertThat(store.keys()).isEqualTo(keys);
    assertThat(ratio).isLessThan(20); // a growing cost would be near 200
  }

  private void write(int number) {
    assertThat(store.write("account-" + number, content(number), null)).isNotNull();
  }

  private static String content(int number) {
    StringBuilder content = new StringBuilder();
    var random = new Random(number);
    while (content.length() < SIZE) {
      content.append((char) ('0' + random.nextInt(75)));
    }
    return content.toString();
  }

  /** The median, since the machine may be busy. */
  private Duration timeOfReading() {
    long[] times = new long[READS];
    for (int i = 0; i < READS; i++) {
      long start = System.nanoTime();
      store.read("account-0");
      times[i] = System.nanoTime() - start;
    }
    Arrays.sort(times);
    return Duration.ofNanos(times[READS / 2]);
  }
}
