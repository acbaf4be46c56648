package dev.latchkey.swing.internal.view;

import dev.latchkey.swing.internal.state.Phase;
import java.util.List;
import javax.swing.JButton;
import javax.swing.JComponent;
import org.jspecify.annotations.Nullable;

/** How one kind of phase looks. */
interface PhasePage {

  /** Everything but the row of buttons below. */
  JComponent body();

  /** The row of buttons below, the one that closes as the last. */
  List<JButton> buttons();

  /** The button that Enter presses; null for none. */
  @Nullable JButton defaultButton();

  /** What is read out when the page comes. */
  String spoken();

  /** Fields that read from left to right in every language. */
  List<JComponent> leftToRight();

  /** Shows the phase; false if that takes another page. */
  boolean update(Phase phase);
}
