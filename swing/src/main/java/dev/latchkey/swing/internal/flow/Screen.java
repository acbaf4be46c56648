package dev.latchkey.swing.internal.flow;

import dev.latchkey.swing.internal.state.Phase;

/** Where a sign-in is shown. Called on the event thread only. */
public interface Screen {

  /** Shows a phase other than {@link Phase.Closed}. */
  void show(Heading heading, Phase phase);

  /** Goes away. */
  void close();
}
