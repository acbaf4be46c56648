package dev.latchkey.keyring;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A keyring in memory, with the limit of Windows, in which one call goes wrong. */
final class FaultySecrets implements Secrets {

  private static final int WINDOWS_CHARACTERS = 1280;

  /** In which way. */
  enum Fault {
    THROW_BEFORE,
    THROW_AFTER,
    SILENT_DROP,
    CRASH_BEFORE,
    CRASH_AFTER
  }

  /** The end of the process, which nothing in it can catch. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final ConcurrentHashMap<String, String> entries;
  private final @Nullable Fault fault;
  private final int at;
  private int calls;
  private boolean dead;

  FaultySecrets(ConcurrentHashMap<String, String> entries, @Nullable Fault fault, int at) {
    this.entries = entries;
    this.fault = fault;
    this.at = at;
  }

  int calls() {
    return calls;
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
    if (dead) {
      throw new Crash();
    }
    calls++;
    if (calls != at || fault == null) {
      return false;
    }
    if (fault == Fault.CRASH_BEFORE) {
      dead = true;
      throw new Crash();
    }
    if (fault == Fault.THROW_BEFORE) {
      throw failure();
    }
    return fault == Fault.SILENT_DROP;
  }

  private void after() {
    if (calls != at || fault == null) {
      return;
    }
    if (fault == Fault.CRASH_AFTER) {
      dead = true;
      throw new Crash();
    }
    if (fault == Fault.THROW_AFTER) {
      throw failure();
    }
  }

  private static TokenStoreFailure failure() {
    return new TokenStoreFailure(Problem.UNAVAILABLE, "injected", "none", null);
  }
}
