package dev.latchkey;

import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.TokenStoreFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Remembers what it is told, each thing as one line. */
final class Heard implements SessionListener {

  private static final long PATIENCE_SECONDS = 20;

  private final List<String> lines = new ArrayList<>();

  @Override
  public void tenantSwitched(Account account, String previousTenantId) {
    add("switched from " + previousTenantId);
  }

  @Override
  public void refreshed(Account account, AccessToken token) {
    add("refreshed " + token.value());
  }

  @Override
  public void signInRequired(Account account, SignInRequired why) {
    add("sign in: " + why.reason());
  }

  @Override
  public void storeFailed(Account account, TokenStoreFailure failure) {
    add("store failed: " + failure.problem());
  }

  @Override
  public void storeRecovered(Account account) {
    add("store recovered");
  }

  private synchronized void add(String line) {
    lines.add(line);
    notifyAll();
  }

  /** All that was told so far. */
  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  /** Waits for so many lines: the listener hears of things a little later than callers do. */
  synchronized List<String> await(int count) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (lines.size() < count) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("heard only " + lines);
      }
      wait(20);
    }
    return List.copyOf(lines);
  }
}
