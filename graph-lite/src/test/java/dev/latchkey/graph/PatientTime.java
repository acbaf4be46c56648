package dev.latchkey.graph;

import dev.latchkey.internal.time.Time;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Time in which no wait ends by itself. */
public final class PatientTime implements Time {

  private volatile @Nullable CompletableFuture<Void> wait;

  @Override
  public long nanos() {
    return 0;
  }

  @Override
  public long wallMillis() {
    return 1_780_000_000_000L;
  }

  @Override
  public CompletableFuture<Void> after(Duration delay) {
    CompletableFuture<Void> never = new CompletableFuture<>();
    wait = never;
    return never;
  }

  /** Whether somebody waits. */
  public boolean isWaitedFor() {
    return wait != null;
  }

  /** Whether the last wait was cancelled, which releases its timer. */
  public boolean isReleased() {
    CompletableFuture<Void> last = wait;
    return last != null && last.isCancelled();
  }
}
