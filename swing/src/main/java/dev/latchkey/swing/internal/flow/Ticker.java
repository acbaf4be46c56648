package dev.latchkey.swing.internal.flow;

/** Calls somebody about once a second, on the event thread. */
public interface Ticker {

  /** Starts to call. */
  void start(Runnable tick);

  /** Calls no longer. */
  void stop();
}
