package dev.latchkey.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.javakeyring.PasswordAccessException;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries that were changed by others, or by a later version. */
class RecordsTest {

  private static final String SERVICE = "com.example.app";

  private final SimulatedKeyring keyring =
      new SimulatedKeyring(KeyringBackend.WINDOWS_CREDENTIAL_MANAGER);
  private final Names names = Names.ofKey(SERVICE, "account");
  private KeyringTokenStore store;
  private String version;

  @TempDir Path locks;

  @BeforeEach
  void write() {
    store = KeyringTokenStore.builder(SERVICE).open(keyring, locks, Duration.ofMillis(50));
    version = String.valueOf(store.write("account", "content", null));
  }

  @Test
  void aNewerHeadIsLeftAsItIs() {
    keyring.entries().put(target(names.head()), "latchkey 2 something else");
    Map<String, String> before = Map.copyOf(keyring.entries());

    assertThat(failure().problem()).isEqualTo(Problem.NEWER);
    assertThat(writing().problem()).isEqualTo(Problem.NEWER);
    assertThat(keyring.entries()).isEqualTo(before);
    assertThat(store.keys()).containsExactly("account");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "latchkey 1", "latchkey 1 a 0 1 1 b"})
  void aDamagedHeadIsLeftAsItIs(String head) {
    keyring.entries().put(target(names.head()), head);
    Map<String, String> before = Map.copyOf(keyring.entries());

    assertThat(failure().problem()).isEqualTo(Problem.DAMAGED);
    assertThat(writing().problem()).isEqualTo(Problem.DAMAGED);
    assertThat(keyring.entries()).isEqualTo(before);
    assertThat(store.keys()).containsExactly("account");
  }

  @Test
  void aChangedOrMissingChunkIsDamage() {
    keyring.entries().put(target(names.chunk(0, 0)), "changed");
    assertThat(failure().problem()).isEqualTo(Problem.DAMAGED);

    keyring.entries().remove(target(names.chunk(0, 0)));
    assertThat(failure().problem()).isEqualTo(Problem.DAMAGED);
    assertThat(failure().remedy()).contains(names.head(), SERVICE);
  }

  /** Each piece of a token is one too many after a sign-out. */
  @Test
  void theRemedyOfAMissingChunkLeavesNothingBehindAfterTheNextSignOut() {
    String large = "x".repeat(5_000) + new SecureRandom().doubles(2_000).boxed().toList();
    version = String.valueOf(store.write("account", large, version));
    assertThat(keyring.entries()).containsKey(target(names.chunk(1, 5)));
    keyring.entries().remove(target(names.chunk(1, 1)));
    assertThat(failure().problem()).isEqualTo(Problem.DAMAGED);

    keyring.entries().remove(target(names.head())); // as the remedy says
    version = String.valueOf(store.write("account", "signed in again", null));
    assertThat(store.delete("account", version)).isTrue();

    assertThat(keyring.entries()).isEmpty();
  }

  @Test
  void aKeyringThatOnlyPretendsToKeepIsToldAsSuch() {
    KeyringTokenStore pretending =
        KeyringTokenStore.builder(SERVICE)
            .open(new PretendingKeyring(keyring), locks, Duration.ofMillis(50));

    TokenStoreFailure failure =
        catchThrowableOfType(
            TokenStoreFailure.class, () -> pretending.write("account", "rotated", version));

    assertThat(failure.problem()).isEqualTo(Problem.NOT_DURABLE);
    assertThat(failure.remedy()).isNotBlank();
    assertThat(failure.toString()).doesNotContain("rotated");
    assertThat(Objects.requireNonNull(store.read("account")).content()).isEqualTo("content");
  }

  /** A rotated token comes first. */
  @Test
  void aDamagedIndexStopsNoWriteOfARecordThatIsThere() {
    keyring.entries().put(target("h.index"), "nonsense");

    assertThat(store.write("account", "rotated", version)).isNotNull();
    assertThat(keyring.entries()).containsEntry(target("h.index"), "nonsense");
  }

  @Test
  void aDamagedIndexStopsNoDeletion() {
    keyring.entries().put(target("h.index"), "nonsense");

    assertThat(store.delete("account", version)).isTrue();
    assertThat(keyring.entries()).containsOnlyKeys(target("h.index"), target("d.index.0.0"));
  }

  @Test
  void anIndexThatWasDeletedByHandIsMadeAnew() {
    keyring.entries().remove(target("h.index"));
    assertThat(store.keys()).isEmpty();

    assertThat(store.write("account", "rotated", version)).isNotNull();

    assertThat(store.keys()).containsExactly("account");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a|b", "caf\u00e9", "../up", ".", "a b", "x\n"})
  void aServiceThatNotEveryKeyringCanNameIsRefused(String service) {
    assertThatThrownBy(() -> KeyringTokenStore.builder(service))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void locksDoNotDependOnTheEnvironment() {
    assertThat(Locks.defaultDirectory("Linux", "/home/jo"))
        .isEqualTo(Path.of("/home/jo/.local/state/latchkey/locks"));
    assertThatThrownBy(() -> Locks.defaultDirectory("Linux", "?"))
        .isInstanceOf(KeyringUnavailable.class);
  }

  /** What java-keyring does on a session that is over: it says yes and stores nothing. */
  private record PretendingKeyring(SimulatedKeyring real) implements Host {
    @Override
    public KeyringBackend backend() {
      return real.backend();
    }

    @Override
    public String look() {
      return real.look();
    }

    @Override
    public PlainKeyring open() {
      PlainKeyring keyring = real.open();
      return new PlainKeyring() {
        @Override
        public String getPassword(String service, String account) throws PasswordAccessException {
          return keyring.getPassword(service, account);
        }

        @Override
        public void setPassword(String service, String account, String password) {}

        @Override
        public void deletePassword(String service, String account) {}

        @Override
        public void close() {}
      };
    }

    @Override
    public void unlock(String service, Duration limit) {}

    @Override
    public void close() {}
  }

  private static String target(String account) {
    return SERVICE + '|' + account;
  }

  private TokenStoreFailure failure() {
    return catchThrowableOfType(TokenStoreFailure.class, () -> store.read("account"));
  }

  private TokenStoreFailure writing() {
    return catchThrowableOfType(
        TokenStoreFailure.class, () -> store.write("account", "other", version));
  }
}
