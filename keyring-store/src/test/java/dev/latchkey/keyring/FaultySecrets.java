package dev.latchkey.keyring;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A keyring in memory, with the limit of Windows, in which one call goes wrong. */
final class FaultySecrets implements Secrets {

  private static final int WINDOWS_CHARACTERS = 1280;

  private final ConcurrentHashMap<String, String> entries;
  private final FaultPlan plan;

  FaultySecrets(ConcurrentHashMap<String, String> entries, FaultPlan plan) {
    this.entries = entries;
    this.plan = plan;
  }

  @Override
  public @Nullable String get(String name) {
    before(); // there is nothing to drop
    String text = entries.get(name);
    after();
    return text;
  }

  @Override
  public void set(String name, String text) {
    boolean dropped = before();
    if (text.isEmpty() || text.length() > WINDOWS_CHARACTERS) {
      throw new AssertionError("Windows takes no entry of " + text.length() + " characters");
    }
    if (!text.chars().allMatch(c -> c >= ' ' && c < 127)) {
      throw new AssertionError("not printable ASCII: " + name);
    }
    if (!dropped) {
      entries.put(name, text);
    }
    after();
  }

  @Override
  public boolean delete(String name) {
    boolean dropped = before();
    boolean was = dropped ? entries.containsKey(name) : entries.remove(name) != null;
    after();
    return was;
  }

  @Override
  public void flush() {
    before();
    after();
  }

  private boolean before() {
    return plan.before(FaultySecrets::failure);
  }

  private void after() {
    plan.after(FaultySecrets::failure);
  }

  private static TokenStoreFailure failure() {
    return new TokenStoreFailure(Problem.UNAVAILABLE, "injected", "none", null);
  }
}
