package dev.latchkey.interop;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A thing started at most once: after a failure to start it, every later asker gets the same
 * failure at once instead of minutes later.
 */
final class OnceOnly<T> {
  private final Supplier<T> start;
  private @Nullable T started;
  private @Nullable RuntimeException failure;

  OnceOnly(Supplier<T> start) {
    this.start = start;
  }

  synchronized T get() {
    if (failure != null) {
      throw failure;
    }
    T thing = started;
    if (thing == null) {
      try {
        thing = start.get();
        started = thing;
      } catch (RuntimeException e) {
        failure = e;
        throw e;
      }
    }
    return thing;
  }
}
