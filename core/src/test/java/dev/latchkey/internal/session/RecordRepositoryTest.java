package dev.latchkey.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.fixture.Allocation;
import dev.latchkey.fixture.FaultyStore.Call;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.internal.session.SessionRecord.StoredToken;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Session records in a store that has limits and may break its contract. */
class RecordRepositoryTest {

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final RefreshRun run = new RefreshRun(server);
  private final RecordRepository repository = new RecordRepository(run.config());

  @Test
  void oldestAccessTokensAreDroppedFromAFullRecord() {
    SessionRecord record = withTokens(run.record(RefreshRun.HOUR), 30, 4_000);

    String version = repository.save(record, null);

    assertThat(version).isNotNull();
    assertThat(run.storedRefreshToken()).isEqualTo(RefreshRun.REFRESH_TOKEN);
    assertThat(run.stored().tokens()).hasSizeBetween(20, 25).containsKey("scope-29");
  }

  @Test
  void nearlyFullRecordCanStillBePrepared() {
    SessionRecord record = withTokens(run.record(RefreshRun.HOUR), 23, 4_000);

    assertThatCode(() -> repository.prepare(record)).doesNotThrowAnyException();
  }

  @Test
  void exceptionOutsideTheContractIsAStoreFailure() {
    run.store.failWith(Call.WRITE, new IllegalStateException("not in the contract"));
    run.store.failWith(Call.READ, new IllegalStateException("not in the contract"));
    run.store.failWith(Call.LEASE, new IllegalStateException("not in the contract"));

    TokenStoreFailure write = failure(() -> repository.save(run.record(RefreshRun.HOUR), null));
    TokenStoreFailure read = failure(() -> repository.load("a11ce", 0));
    TokenStoreFailure lease = failure(() -> repository.lease("a11ce", RefreshRun.HOUR));

    assertThat(write.problem()).isEqualTo(Problem.UNAVAILABLE);
    assertThat(read.problem()).isEqualTo(Problem.UNAVAILABLE);
    assertThat(lease.problem()).isEqualTo(Problem.UNAVAILABLE);
  }

  @Test
  void damagedRecordCanBeDeletedByItsVersion() {
    run.store.beneath().write("a11ce", "{}", null);

    String version = repository.version("a11ce");

    assertThat(version).isNotNull();
    assertThat(repository.delete("a11ce", version)).isTrue();
  }

  @Test
  void recordIsParsedOnceWhenItIsLoaded() {
    run.signedIn();
    String content = run.rawContent();
    Supplier<Object> parse = () -> RecordCodec.read("a11ce", content);
    Supplier<Object> load = () -> repository.load("a11ce", 0);

    long once = Allocation.of(parse);

    assertThat(Allocation.of(load)).isLessThan(once + once / 4);
  }

  @Test
  void listingParsesARecordAgainOnlyAfterItWasWritten() {
    run.signedIn();
    String content = run.rawContent();
    Supplier<Object> list = () -> repository.list().sessions();
    long parsed = Allocation.of(() -> RecordCodec.read("a11ce", content));

    long unchanged = Allocation.of(list);
    run.put(run.refreshedByAnother("refresh-1", "access-1"));
    Object after = list.get();

    assertThat(unchanged).isLessThan(parsed / 4);
    assertThat(after).isEqualTo(List.of(run.stored().withoutTokens()));
  }

  @Test
  void listingKeepsNoTokenInMemory() {
    run.signedIn();

    SessionRecord listed = repository.list().sessions().get(0);

    assertThat(listed.refreshToken()).isNull();
    assertThat(listed.tokens()).isEmpty();
    assertThat(listed.account()).isEqualTo(RefreshRun.account());
    assertThat(listed.signedInAt()).isEqualTo(run.stored().signedInAt());
  }

  @Test
  void listingNoticesWhatOtherProcessesDid() {
    run.signedIn();
    List<SessionRecord> first = repository.list().sessions();
    SessionRecord again = run.record(RefreshRun.HOUR).signedInLater();
    run.put(again);
    List<SessionRecord> signedInAgain = repository.list().sessions();
    run.damage();
    RecordRepository.Listing damaged = repository.list();
    run.put(again);
    List<SessionRecord> repaired = repository.list().sessions();
    run.delete();

    assertThat(first).hasSize(1);
    assertThat(signedInAgain)
        .extracting(SessionRecord::signedInAt)
        .containsExactly(again.signedInAt());
    assertThat(damaged.sessions()).isEmpty();
    assertThat(damaged.unreadable()).hasSize(1);
    assertThat(repaired).isEqualTo(signedInAgain);
    assertThat(repository.list().sessions()).isEmpty();
  }

  private static SessionRecord withTokens(SessionRecord record, int count, int length) {
    StoredToken known = record.tokens().values().iterator().next();
    SessionRecord full = record;
    for (int i = 0; i < count; i++) {
      StoredToken token =
          new StoredToken("a".repeat(length), "Bearer", 0, 1, known.endsAt() + i, known.scopes());
      full = full.refreshed(null, 0, "scope-" + i, token);
    }
    return full;
  }

  private static TokenStoreFailure failure(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(TokenStoreFailure.class, call);
  }
}
