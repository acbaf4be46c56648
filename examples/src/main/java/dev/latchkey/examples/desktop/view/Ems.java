package dev.latchkey.examples.desktop.view;

import java.awt.Component;
import java.awt.Dimension;
import java.awt.Font;
import javax.swing.BorderFactory;
import javax.swing.JLabel;
import javax.swing.JTextArea;
import javax.swing.UIManager;
import javax.swing.border.Border;

/** Sizes by the font, so that all grows with it, and texts. Colours are the look and feel's. */
final class Ems {

  private Ems() {}

  static int of(double ems) {
    return (int) Math.round(font().getSize() * ems);
  }

  static Font font() {
    Font font = UIManager.getFont("Label.font");
    return font == null ? new Font(Font.DIALOG, Font.PLAIN, 12) : font;
  }

  static Border margin(double ems) {
    return margin(ems, ems);
  }

  static Border margin(double vertical, double horizontal) {
    return BorderFactory.createEmptyBorder(
        of(vertical), of(horizontal), of(vertical), of(horizontal));
  }

  static Dimension size(double width, double height) {
    return new Dimension(of(width), of(height));
  }

  /** A label that shows a text from outside as it is: Swing would take some for HTML. */
  static JLabel label(String text) {
    JLabel label = new JLabel();
    label.putClientProperty("html.disable", true);
    label.setText(text);
    return label;
  }

  /** A label that belongs to a component; its letter takes the keyboard there. */
  static JLabel labelOf(String text, char letter, Component component) {
    JLabel label = new JLabel(text);
    label.setDisplayedMnemonic(letter);
    label.setLabelFor(component);
    return label;
  }

  /** Text that wraps; the keyboard skips it. */
  static JTextArea paragraph(String text, String name) {
    JTextArea area = new Paragraph();
    area.setText(text);
    area.setName(name);
    area.setBorder(BorderFactory.createEmptyBorder());
    return area;
  }

  /** Looks like a label in every look and feel that is set. */
  private static final class Paragraph extends JTextArea {
    private static final long serialVersionUID = 1L;

    /** A layout gives it a width first, which the JDK heeds only if there is a height, too. */
    @Override
    public Dimension getPreferredSize() {
      if (getWidth() > 0 && getHeight() == 0) {
        setSize(getWidth(), 1);
      }
      return super.getPreferredSize();
    }

    @Override
    public void updateUI() {
      super.updateUI();
      setEditable(false);
      setFocusable(false);
      setLineWrap(true);
      setWrapStyleWord(true);
      setOpaque(false);
      setFont(font());
      setForeground(UIManager.getColor("Label.foreground"));
    }
  }
}
