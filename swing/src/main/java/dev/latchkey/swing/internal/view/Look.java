package dev.latchkey.swing.internal.view;

import dev.latchkey.swing.internal.text.Label;
import java.awt.ComponentOrientation;
import java.awt.Font;
import javax.swing.AbstractButton;
import javax.swing.BorderFactory;
import javax.swing.JComponent;
import javax.swing.JTextArea;
import javax.swing.JTextField;
import javax.swing.UIManager;
import javax.swing.border.Border;

/**
 * Components as the application's look and feel wants them. Colours are its own; sizes follow its
 * font, so that all grows with it.
 */
final class Look {

  private static final float CODE_SIZE = 2.2f;

  private Look() {}

  /** The size of the look and feel's font, in pixels: the unit of all distances. */
  static int em() {
    return font().getSize();
  }

  private static Font font() {
    Font font = UIManager.getFont("Label.font");
    return font == null ? new Font(Font.DIALOG, Font.PLAIN, 12) : font;
  }

  /** Text that wraps. It is read out with its window, so the keyboard skips it. */
  static JTextArea paragraph(String text) {
    JTextArea area = new JTextArea(text);
    area.setEditable(false);
    area.setFocusable(false);
    area.setLineWrap(true);
    area.setWrapStyleWord(true);
    area.setOpaque(false);
    area.setBorder(BorderFactory.createEmptyBorder());
    area.setFont(font());
    if (UIManager.getColor("Label.foreground") != null) {
      area.setForeground(UIManager.getColor("Label.foreground"));
    }
    return area;
  }

  /** The text for whoever helps: it can be selected and copied. */
  static JTextArea details(String text, String name) {
    JTextArea area = new JTextArea(text);
    area.setEditable(false);
    area.setLineWrap(true);
    area.setWrapStyleWord(true);
    area.setFont(font());
    area.getAccessibleContext().setAccessibleName(name);
    return area;
  }

  /** A code: large, on a line of its own, never broken. */
  static JTextField code(String code, String name) {
    JTextField field = field(code, name);
    field.setFont(new Font(Font.MONOSPACED, Font.PLAIN, Math.round(em() * CODE_SIZE)));
    return field;
  }

  /** An address: on one line, from left to right in every language. */
  static JTextField field(String text, String name) {
    JTextField field = new JTextField(text);
    field.setEditable(false);
    field.setFont(font());
    field.setCaretPosition(0);
    field.getAccessibleContext().setAccessibleName(name);
    return field;
  }

  /** Codes and addresses read from left to right, whatever the language. */
  static void leftToRight(JComponent component) {
    component.setComponentOrientation(ComponentOrientation.LEFT_TO_RIGHT);
  }

  static void label(AbstractButton button, Label label) {
    button.setText(label.text());
    Character key = label.key();
    button.setMnemonic(key == null ? 0 : key);
    if (key != null) {
      button.setDisplayedMnemonicIndex(label.mnemonic());
    }
  }

  static Border margin(double ems) {
    int gap = (int) Math.round(em() * ems);
    return BorderFactory.createEmptyBorder(gap, gap, gap, gap);
  }
}
