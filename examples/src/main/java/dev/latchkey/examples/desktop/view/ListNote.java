package dev.latchkey.examples.desktop.view;

import dev.latchkey.examples.desktop.state.Listed;
import javax.swing.JTextArea;

/** A line about a list: that it is being read, why that failed, or that it is empty. */
final class ListNote {

  private final JTextArea text;
  private final String empty;

  ListNote(String name, String empty) {
    this.empty = empty;
    text = Ems.paragraph("", name);
    text.setVisible(false);
  }

  JTextArea component() {
    return text;
  }

  void show(Listed<?> listed) {
    String says =
        switch (listed.stage()) {
          case NOT_ASKED -> "";
          case LOADING -> listed.items().isEmpty() ? "Loading…" : "";
          case READY -> listed.items().isEmpty() ? empty : "";
          case FAILED -> String.valueOf(listed.problem());
        };
    if (!says.equals(text.getText())) {
      text.setText(says);
      text.setVisible(!says.isEmpty());
    }
  }
}
