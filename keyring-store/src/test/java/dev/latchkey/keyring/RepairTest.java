package dev.latchkey.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.internal.time.Time;
import dev.latchkey.keyring.fixture.FaultPlan;
import dev.latchkey.keyring.fixture.FaultyEntries;
import dev.latchkey.keyring.fixture.SimulatedKeyring;
import dev.latchkey.keyring.internal.record.ChunkedRecords;
import dev.latchkey.keyring.internal.record.EntryNames;
import dev.latchkey.store.StoredRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A keyring whose index or records were lost, damaged or written by a newer program. */
class RepairTest {

  private static final String SERVICE = "com.example.app";
  private static final String INDEX = SERVICE + "\nh.index";

  private final SimulatedKeyring keyring = new SimulatedKeyring(KeyringBackend.SECRET_SERVICE);
  private final SimulatedKeyring windows =
      new SimulatedKeyring(KeyringBackend.WINDOWS_CREDENTIAL_MANAGER);

  @TempDir Path locks;

  @Test
  void aLostIndexIsMadeAgainFromTheRecords() {
    writeTwo(keyring);
    keyring.entries().keySet().removeIf(name -> name.contains("index"));

    assertThat(open(keyring).keys()).containsExactlyInAnyOrder("adele", "bruno");

    assertThat(keyring.entries()).containsKey(INDEX);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "latchkey 1 a 0 1 1 b"})
  void aDamagedIndexIsMadeAgainFromTheRecords(String damaged) {
    writeTwo(keyring);
    keyring.entries().put(INDEX, damaged);

    assertThat(open(keyring).keys()).containsExactlyInAnyOrder("adele", "bruno");

    assertThat(keyring.entries().get(INDEX)).isNotEqualTo(damaged);
    assertThat(open(keyring).keys()).containsExactlyInAnyOrder("adele", "bruno");
  }

  @Test
  void anIndexWithoutItsTextIsMadeAgainFromTheRecords() {
    writeTwo(keyring);
    keyring.entries().keySet().removeIf(name -> name.contains("\nd.index"));

    assertThat(open(keyring).keys()).containsExactlyInAnyOrder("adele", "bruno");
  }

  @Test
  void aSignInAfterTheIndexWasLostKeepsTheOthersListed() {
    writeTwo(keyring);
    keyring.entries().keySet().removeIf(name -> name.contains("index"));

    KeyringTokenStore store = open(keyring);
    assertThat(store.write("chandra", "content", null)).isNotNull();

    assertThat(store.keys()).containsExactlyInAnyOrder("adele", "bruno", "chandra");
  }

  /** Such a program wrote no key behind the text, but core's records hold it. */
  @Test
  void aRecordOfAnEarlierProgramIsFoundByTheKeyInItsText() {
    ConcurrentHashMap<String, String> entries = new ConcurrentHashMap<>();
    ChunkedRecords records = new ChunkedRecords(new FaultyEntries(entries, new FaultPlan(null, 0)));
    EntryNames names = EntryNames.ofKey(SERVICE, "adele-1");
    records.replace(names, "", null, "{\"account\":{\"id\":\"adele-1\",\"name\":\"Adele\"}}");
    entries.forEach((name, text) -> keyring.entries().put(SERVICE + '\n' + name, text));

    assertThat(open(keyring).keys()).containsExactly("adele-1");
  }

  /** Where entries cannot be listed, nobody knows what the index said. */
  @Test
  void aDamagedIndexThatCannotBeMadeAgainSaysWhatMayBeLeft() {
    writeTwo(windows);
    windows.entries().put(SERVICE + "|h.index", "nonsense");

    TokenStoreFailure failure = fails(open(windows)::keys);

    assertThat(failure.problem()).isEqualTo(Problem.DAMAGED);
    assertThat(failure).hasMessageContaining("Sessions that only it listed stay in the keyring");
    assertThat(failure.remedy()).contains("KeyringTokenStore.repair()").doesNotContain("elete");
  }

  @Test
  void aRepairKnowsWhatThisProcessHasSeen() {
    KeyringTokenStore store = writeTwo(windows);
    windows.entries().put(SERVICE + "|h.index", "nonsense");

    assertThat(store.repair()).isEmpty();

    assertThat(open(windows).keys()).containsExactlyInAnyOrder("adele", "bruno");
  }

  @ParameterizedTest
  @EnumSource(
      value = KeyringBackend.class,
      names = {"SECRET_SERVICE", "WINDOWS_CREDENTIAL_MANAGER"})
  void aNewerIndexAsksForAnUpdateAndIsLeftAsItIs(KeyringBackend backend) {
    SimulatedKeyring newer = new SimulatedKeyring(backend);
    writeTwo(newer);
    newer.entries().replaceAll((name, text) -> name.contains("h.index") ? "latchkey 2 x" : text);
    Map<String, String> before = Map.copyOf(newer.entries());

    KeyringTokenStore store = open(newer);
    for (ThrowingCallable call : List.<ThrowingCallable>of(store::keys, store::repair)) {
      TokenStoreFailure failure = fails(call);
      assertThat(failure.problem()).isEqualTo(Problem.NEWER);
      assertThat(failure.remedy()).isEqualTo("Update this program.");
    }

    assertThat(newer.entries()).isEqualTo(before);
  }

  @Test
  void aNewerRecordAsksForAnUpdateAndIsNoOrphan() {
    KeyringTokenStore store = writeTwo(keyring);
    String head = SERVICE + '\n' + EntryNames.ofKey(SERVICE, "adele").head();
    keyring.entries().put(head, "latchkey 2 x");

    assertThat(fails(() -> store.read("adele")).remedy()).isEqualTo("Update this program.");
    assertThat(store.repair()).isEmpty();
    assertThat(store.remove(new OrphanedEntries(head.substring(SERVICE.length() + 1), "any")))
        .isFalse();
    assertThat(keyring.entries()).containsEntry(head, "latchkey 2 x");
  }

  @ParameterizedTest
  @EnumSource(
      value = KeyringBackend.class,
      names = {"SECRET_SERVICE", "MACOS_KEYCHAIN"})
  void aDamagedSessionIsAnOrphanThatCanBeRemoved(KeyringBackend backend) {
    SimulatedKeyring damaged = new SimulatedKeyring(backend);
    KeyringTokenStore store = writeTwo(damaged);
    EntryNames names = EntryNames.ofKey(SERVICE, "adele");
    damaged.entries().put(SERVICE + '\n' + names.chunk(0, 0), "changed");

    List<OrphanedEntries> orphans = store.repair();

    assertThat(orphans).containsExactly(new OrphanedEntries(names.head(), "it is damaged"));
    assertThat(store.remove(orphans.get(0))).isTrue();
    assertThat(damaged.entries().keySet()).noneMatch(name -> name.contains(names.id()));
    assertThat(store.keys()).containsExactly("bruno");
    assertThat(store.repair()).isEmpty();
  }

  @Test
  void piecesWithoutAHeadAreAnOrphanWhereverTheyAre() {
    writeTwo(keyring);
    String id = EntryNames.ofKey(SERVICE, "adele").id();
    keyring.entries().remove(SERVICE + "\nh." + id);
    keyring.entries().put(SERVICE + "\nd." + id + ".1.77", "piece");
    KeyringTokenStore store = open(keyring);

    List<OrphanedEntries> orphans = store.repair();

    assertThat(orphans).containsExactly(new OrphanedEntries("h." + id, "it has no head"));
    assertThat(store.remove(orphans.get(0))).isTrue();
    assertThat(keyring.entries().keySet()).noneMatch(name -> name.contains(id));
  }

  @Test
  void anOrphanThatBecameASessionIsNotRemoved() {
    KeyringTokenStore store = writeTwo(keyring);
    String head = EntryNames.ofKey(SERVICE, "adele").head();

    assertThat(store.remove(new OrphanedEntries(head, "it has no head"))).isFalse();

    assertThat(Objects.requireNonNull(store.read("adele")).content()).isEqualTo("content");
  }

  @Test
  void afterARepairSigningEverybodyOutLeavesNoEntry() {
    writeTwo(keyring);
    keyring.entries().put(INDEX, "nonsense");
    keyring.entries().put(SERVICE + "\nd.index.1.9", "piece");
    keyring.entries().put(SERVICE + '\n' + EntryNames.ofKey(SERVICE, "gone").chunk(1, 3), "piece");
    KeyringTokenStore store = open(keyring);

    store.repair().forEach(store::remove);
    for (String key : store.keys()) {
      StoredRecord record = Objects.requireNonNull(store.read(key));
      assertThat(store.delete(key, record.version())).isTrue();
    }

    assertThat(keyring.entries()).isEmpty();
  }

  private KeyringTokenStore writeTwo(SimulatedKeyring to) {
    KeyringTokenStore store = open(to);
    assertThat(store.write("adele", "content", null)).isNotNull();
    assertThat(store.write("bruno", "content", null)).isNotNull();
    return store;
  }

  private KeyringTokenStore open(SimulatedKeyring on) {
    return KeyringTokenStore.builder(SERVICE)
        .open(() -> on, locks, Duration.ofMillis(50), Time.system());
  }

  private static TokenStoreFailure fails(ThrowingCallable call) {
    TokenStoreFailure failure = catchThrowableOfType(TokenStoreFailure.class, call);
    assertThat(failure).isNotNull();
    return failure;
  }
}
