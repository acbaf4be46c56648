package dev.latchkey.keyring;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One call, counted from 1, goes wrong in one way. */
final class FaultPlan {

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

  private final @Nullable Fault fault;
  private final int at;
  private int calls;
  private boolean dead;

  FaultPlan(@Nullable Fault fault, int at) {
    this.fault = fault;
    this.at = at;
  }

  boolean isNone() {
    return fault == null;
  }

  int calls() {
    return calls;
  }

  /** Begins a call; true if it is to do nothing and say that it did. */
  <E extends Exception> boolean before(Supplier<E> failure) throws E {
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
      throw failure.get();
    }
    return fault == Fault.SILENT_DROP;
  }

  /** Ends a call. */
  <E extends Exception> void after(Supplier<E> failure) throws E {
    if (calls != at || fault == null) {
      return;
    }
    if (fault == Fault.CRASH_AFTER) {
      dead = true;
      throw new Crash();
    }
    if (fault == Fault.THROW_AFTER) {
      throw failure.get();
    }
  }

  @Override
  public String toString() {
    return fault + " at call " + at;
  }
}
