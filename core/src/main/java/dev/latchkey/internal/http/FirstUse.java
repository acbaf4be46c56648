package dev.latchkey.internal.http;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Supplies one value, created on first use: an {@code HttpClient} costs half a second. Thread-safe.
 */
public final class FirstUse<T> implements Supplier<T> {

  private final Supplier<T> create;

  private @Nullable T value;

  public FirstUse(Supplier<T> create) {
    this.create = create;
  }

  @Override
  public synchronized T get() {
    T known = value;
    if (known == null) {
      known = create.get();
      value = known;
    }
    return known;
  }
}
