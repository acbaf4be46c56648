package dev.latchkey.swing.internal.view;

import javax.swing.JPanel;

/** Panels of paragraphs. */
final class Column {

  private Column() {}

  /**
   * Makes an empty column.
   *
   * @param ems its width, in sizes of the font
   */
  static JPanel of(int ems) {
    return new JPanel(new ColumnLayout(Look.em() * ems, Look.em() * 2 / 3));
  }

  /** Adds a paragraph unless it is empty. */
  static void add(JPanel column, String text) {
    if (!text.isEmpty()) {
      column.add(Look.paragraph(text));
    }
  }
}
