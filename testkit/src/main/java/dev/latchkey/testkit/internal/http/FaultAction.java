package dev.latchkey.testkit.internal.http;

import java.util.function.Supplier;

/** What a fault does to an exchange. */
@FunctionalInterface
public interface FaultAction {

  /**
   * Ends the exchange.
   *
   * @param acting acts on the request and returns the proper answer; until it is called, the server
   *     does nothing
   */
  void apply(Wire wire, Supplier<HttpAnswer> acting);

  /** Sends this answer instead of the proper one. */
  record Instead(HttpAnswer answer) implements FaultAction {

    @Override
    public void apply(Wire wire, Supplier<HttpAnswer> acting) {
      wire.send(answer);
    }
  }

  /** Lets the server act first, and then applies the other action. */
  record AfterActing(FaultAction then) implements FaultAction {

    @Override
    public void apply(Wire wire, Supplier<HttpAnswer> acting) {
      var proper = acting.get();
      then.apply(wire, () -> proper);
    }
  }
}
