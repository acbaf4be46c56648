package dev.latchkey.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.javakeyring.internal.freedesktop.SimpleCollection;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.keyring.fixture.DesktopSession;
import dev.latchkey.keyring.fixture.KeyringOpener;
import dev.latchkey.keyring.internal.record.EntryNames;
import dev.latchkey.store.StoredRecord;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An entry that a real Secret Service holds twice, as after writers that did not share a lock. */
@Tag("daemons")
@Timeout(120)
class DoubleEntryTest {

  private static final Pattern COMMAND = Pattern.compile("Run: (.*), or use");

  private final String service = "test-" + UUID.randomUUID();
  private final EntryNames names = EntryNames.ofKey(service, "account");
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

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theRemedyWorksVerbatim(boolean head) throws Exception {
    store.write("account", "content", null);
    String second = Objects.requireNonNull(store.write("second", "untouched", null));
    doubleEntry(head ? names.head() : names.chunk(0, 0));

    TokenStoreFailure failure =
        catchThrowableOfType(TokenStoreFailure.class, () -> store.read("account"));

    assertThat(failure.problem()).isEqualTo(Problem.AMBIGUOUS);
    assertThat(store.keys()).containsExactlyInAnyOrder("account", "second");
    follow(failure);
    assertThat(store.read("account")).isNull();
    String version = Objects.requireNonNull(store.write("account", "again", null));
    assertThat(content()).isEqualTo("again");
    assertThat(store.keys()).containsExactlyInAnyOrder("account", "second");
    assertThat(store.delete("account", version)).isTrue();
    assertThat(store.delete("second", second)).isTrue();
    assertThat(session.entries(service)).isEmpty();
  }

  @Test
  void aDoubleIndexStopsNoWriteAndIsRebuiltAfterTheRemedy() throws Exception {
    String version = store.write("account", "content", null);
    doubleEntry(EntryNames.ofIndex(service).head());

    version = store.write("account", "rotated", version);
    TokenStoreFailure failure = catchThrowableOfType(TokenStoreFailure.class, store::keys);

    assertThat(content()).isEqualTo("rotated");
    assertThat(failure.problem()).isEqualTo(Problem.AMBIGUOUS);
    follow(failure);
    assertThat(store.write("account", "once more", version)).isNotNull();
    assertThat(store.keys()).containsExactly("account");
  }

  private void follow(TokenStoreFailure failure) throws Exception {
    Matcher command = COMMAND.matcher(String.valueOf(failure.remedy()));
    assertThat(command.find()).as(failure.remedy()).isTrue();
    session.output("sh", "-c", command.group(1));
  }

  private String content() {
    StoredRecord record = Objects.requireNonNull(store.read("account"));
    return record.content();
  }

  /** Does what java-keyring does when two programs create an entry at once. */
  private void doubleEntry(String name) throws Exception {
    try (SimpleCollection collection = new SimpleCollection()) {
      collection.createItem(name, "other", Map.of("service", service, "account", name));
    }
  }
}
