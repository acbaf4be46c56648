package dev.latchkey.testkit;

import java.util.function.Supplier;

/** What a {@link Fault} does to an exchange. */
@FunctionalInterface
interface FaultAction {

  /**
   * Ends the exchange.
   *
   * @param acting acts on the request and gives the proper answer; unless called, nothing is done
   */
  void befall(Wire wire, Supplier<Answer> acting);

  /** Sends this instead of the proper answer. */
  record Instead(Answer answer) implements FaultAction {

    @Override
    public void befall(Wire wire, Supplier<Answer> acting) {
      wire.send(answer);
    }
  }

  /** Lets the server act, and then does the other. */
  record AfterActing(FaultAction then) implements FaultAction {

    @Override
    public void befall(Wire wire, Supplier<Answer> acting) {
      var proper = acting.get();
      then.befall(wire, () -> proper);
    }
  }
}
