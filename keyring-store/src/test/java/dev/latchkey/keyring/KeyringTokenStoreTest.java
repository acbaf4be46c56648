package dev.latchkey.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.javakeyring.PasswordAccessException;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.internal.time.Time;
import dev.latchkey.keyring.fixture.HangingKeyring;
import dev.latchkey.keyring.fixture.SimulatedKeyring;
import dev.latchkey.keyring.internal.backend.KeyringHost;
import dev.latchkey.keyring.internal.backend.OpenKeyring;
import dev.latchkey.keyring.internal.record.EntryNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store on a simulated keyring whose entries others change, or that hangs. */
class KeyringTokenStoreTest {

  private static final String SERVICE = "com.example.app";
  private static final Duration IDLE = Duration.ofMillis(50);

  /** Longer than any test: only the end of a call that hung closes the host. */
  private static final Duration LONG = Duration.ofSeconds(30);

  private final SimulatedKeyring keyring =
      new SimulatedKeyring(KeyringBackend.WINDOWS_CREDENTIAL_MANAGER);
  private final EntryNames names = EntryNames.ofKey(SERVICE, "account");
  private KeyringTokenStore store;
  private String version;

  @TempDir Path locks;

  @BeforeEach
  void write() {
    store = open(keyring);
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

  /** After a sign-out, not even a piece of a token may remain. */
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
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no pipes among its files")
  @Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
  void aPipeInThePlaceOfALockDoesNotHang() throws Exception {
    Path directory = locks.resolve("keyring-" + SERVICE);
    for (String suffix : List.of(".lock", ".lease")) {
      Path pipe = directory.resolve(names.id() + suffix);
      Files.deleteIfExists(pipe);
      assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    }

    TokenStoreFailure written = writing();
    TokenStoreFailure leased = fails(() -> store.lease("account", Duration.ofDays(1)));

    for (TokenStoreFailure failure : List.of(written, leased)) {
      assertThat(failure.problem()).isEqualTo(Problem.UNAVAILABLE);
      assertThat(failure).hasMessageContaining("is not a regular file");
      assertThat(failure.remedy()).startsWith("Remove " + directory);
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no POSIX permissions")
  void aLockThatOthersMayOpenIsRejected() throws Exception {
    Path lock = locks.resolve("keyring-" + SERVICE).resolve(names.id() + ".lock");
    Files.setPosixFilePermissions(lock, PosixFilePermissions.fromString("rw-rw-rw-"));

    assertThat(writing().remedy()).isEqualTo("Run: chmod 600 " + lock);
  }

  @Test
  void aKeyringThatOnlyPretendsToKeepIsReported() {
    KeyringTokenStore pretending = open(new PretendingKeyring(keyring));

    TokenStoreFailure failure = fails(() -> pretending.write("account", "rotated", version));

    assertThat(failure.problem()).isEqualTo(Problem.NOT_DURABLE);
    assertThat(failure.remedy()).isNotBlank();
    assertThat(failure.toString()).doesNotContain("rotated");
    assertThat(Objects.requireNonNull(store.read("account")).content()).isEqualTo("content");
  }

  /** A rotated token matters more than the index. */
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
  void anIndexThatWasDeletedByHandIsRebuilt() {
    keyring.entries().remove(target("h.index"));
    store = open(keyring); // one that has not seen it
    assertThat(store.keys()).isEmpty();

    assertThat(store.write("account", "rotated", version)).isNotNull();

    assertThat(store.keys()).containsExactly("account");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a|b", "caf\u00e9", "../up", ".", "a b", "x\n"})
  void aServiceThatNotEveryKeyringCanNameIsRejected(String service) {
    assertThatThrownBy(() -> KeyringTokenStore.builder(service))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Otherwise the late write of one process could fall into the middle of another's. */
  @Test
  void theWriteLockIsKeptUntilTheCallThatHangsHasEnded() throws Exception {
    HangingKeyring host = new HangingKeyring();
    KeyringTokenStore hanging =
        KeyringTokenStore.builder("app").open(() -> host, locks, LONG, host.time());
    KeyringTokenStore other =
        KeyringTokenStore.builder("app").open(() -> host.keyring, locks, IDLE, Time.system());
    KeyringTokenStore impatient =
        KeyringTokenStore.builder("app")
            .callLimit(Duration.ofMillis(200))
            .open(() -> host.keyring, locks, IDLE, Time.system());
    String before = Objects.requireNonNull(hanging.write("account", "before", null));
    host.closed = new CountDownLatch(1);
    host.hang();

    TokenStoreFailure late = fails(() -> hanging.write("account", "late", before));
    TokenStoreFailure kept = fails(() -> impatient.write("account", "other", before));
    host.release();
    host.closed.await();

    assertThat(late.problem()).isEqualTo(Problem.TIMED_OUT);
    assertThat(kept.problem()).isEqualTo(Problem.TIMED_OUT);
    assertThat(kept).hasMessageContaining("write lock");
    assertThat(other.write("account", "other", before)).isNotNull();
    assertThat(Objects.requireNonNull(hanging.read("account")).content()).isEqualTo("other");
  }

  /** On Windows, names have no case, and neither has the directory of the locks. */
  @Test
  void applicationsThatDifferByCaseShareTheirSessionsOnWindows() {
    KeyringTokenStore other =
        KeyringTokenStore.builder("com.example.APP")
            .open(() -> keyring, locks, IDLE, Time.system());

    assertThat(Objects.requireNonNull(other.read("account")).version()).isEqualTo(version);
    assertThat(other.delete("account", version)).isTrue();
    assertThat(store.read("account")).isNull();
  }

  /** Taken for absent, the session would be lost with the next write. */
  @Test
  void aDialogOfAMacThatIsRefusedChangesNothing() {
    SimulatedKeyring mac = new SimulatedKeyring(KeyringBackend.MACOS_KEYCHAIN);
    KeyringTokenStore onMac = open(mac);
    String written = String.valueOf(onMac.write("account", "content", null));
    Map<String, String> before = Map.copyOf(mac.entries());
    mac.refuses = true;

    assertThat(fails(() -> onMac.read("account")).problem()).isEqualTo(Problem.LOCKED);
    assertThat(fails(() -> onMac.write("account", "other", written)).problem())
        .isEqualTo(Problem.LOCKED);
    assertThat(mac.entries()).isEqualTo(before);
  }

  /** Only KWallet answers with an empty entry where there is none. */
  @Test
  void anEmptyEntryOfAnotherKeyringIsDamageAndLeftAsItIs() {
    keyring.entries().replaceAll((name, text) -> name.contains("h.") ? "" : text);
    Map<String, String> before = Map.copyOf(keyring.entries());

    assertThat(failure().problem()).isEqualTo(Problem.DAMAGED);
    assertThat(keyring.entries()).isEqualTo(before);
  }

  @Test
  void locksDoNotDependOnTheEnvironment() {
    assertThat(KeyringTokenStoreBuilder.defaultLockDirectory("Linux", "/home/jo"))
        .isEqualTo(Path.of("/home/jo/.local/state/latchkey/locks"));
    assertThatThrownBy(() -> KeyringTokenStoreBuilder.defaultLockDirectory("Linux", "?"))
        .isInstanceOf(KeyringUnavailable.class);
  }

  /** Does what java-keyring does on a session that has ended: succeeds and stores nothing. */
  private record PretendingKeyring(SimulatedKeyring real) implements KeyringHost {
    @Override
    public KeyringBackend backend() {
      return real.backend();
    }

    @Override
    public String probe(String service) {
      return real.probe(service);
    }

    @Override
    public OpenKeyring open() {
      OpenKeyring keyring = real.open();
      return new OpenKeyring() {
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
    public boolean isLocked(String service) {
      return false;
    }

    @Override
    public void unlock(String service, Duration limit) {}

    @Override
    public void close() {}
  }

  private KeyringTokenStore open(KeyringHost host) {
    return KeyringTokenStore.builder(SERVICE).open(() -> host, locks, IDLE, Time.system());
  }

  private static String target(String account) {
    return SERVICE + '|' + account;
  }

  private TokenStoreFailure failure() {
    return fails(() -> store.read("account"));
  }

  private TokenStoreFailure writing() {
    return fails(() -> store.write("account", "other", version));
  }

  private static TokenStoreFailure fails(ThrowingCallable call) {
    TokenStoreFailure failure = catchThrowableOfType(TokenStoreFailure.class, call);
    assertThat(failure).isNotNull();
    return failure;
  }
}
