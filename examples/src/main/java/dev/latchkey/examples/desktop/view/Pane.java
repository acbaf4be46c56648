package dev.latchkey.examples.desktop.view;

import dev.latchkey.examples.desktop.state.DeskState;
import javax.swing.JComponent;

/** One tab of the window. */
interface Pane {

  JComponent component();

  /** Shows its part of a state. */
  void show(DeskState state);

  /** Whether nothing has been read for it yet. */
  boolean isBlank(DeskState state);

  /** Reads it again. */
  void refresh();
}
