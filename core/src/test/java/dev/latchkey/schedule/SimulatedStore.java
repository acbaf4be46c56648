package dev.latchkey.schedule;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.store.StoredRecord;
import dev.latchkey.store.TokenStore;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The shared records as one process reaches them: with its faults, and its death. */
final class SimulatedStore implements TokenStore {

  private final SharedRecords records;
  private final SimulatedProcess process;
  private final Set<Step.Kind> faults = EnumSet.noneOf(Step.Kind.class);

  SimulatedStore(SharedRecords records, SimulatedProcess process) {
    this.records = records;
    this.process = process;
  }

  /** What the next call of the kind meets. */
  void fault(Step.Kind kind) {
    faults.add(kind);
  }

  void mend() {
    faults.clear();
  }

  private void enter(Step.Kind fault) {
    process.seam();
    if (faults.remove(fault)) {
      throw failure();
    }
  }

  private TokenStoreFailure failure() {
    process.storeFailed();
    return new TokenStoreFailure(Problem.UNAVAILABLE, "the disk is full", "Make room.", null);
  }

  @Override
  public @Nullable StoredRecord read(String key) {
    enter(Step.Kind.READ_FAILS);
    return records.read(key);
  }

  @Override
  public @Nullable String write(String key, String content, @Nullable String expectedVersion) {
    enter(Step.Kind.WRITE_FAILS);
    String version = records.write(key, content, expectedVersion);
    process.seam();
    if (version != null && faults.remove(Step.Kind.WRITE_REPORTED_AS_FAILED)) {
      throw failure();
    }
    return version;
  }

  @Override
  public boolean delete(String key, String expectedVersion) {
    enter(Step.Kind.DELETE_FAILS);
    return records.delete(key, expectedVersion);
  }

  @Override
  public Set<String> keys() {
    enter(Step.Kind.READ_FAILS);
    return records.keys();
  }

  @Override
  public void prepareWrite(String key, int length) {
    enter(Step.Kind.PREPARE_FAILS);
  }

  @Override
  public Lease lease(String key, Duration timeout) {
    enter(Step.Kind.LEASE_FAILS);
    process.await(() -> records.isFree(key));
    records.take(key, this);
    return () -> records.release(key, this);
  }

  @Override
  public String description() {
    return "the shared records";
  }
}
