package dev.latchkey.swing.internal.view;

import dev.latchkey.swing.internal.text.Label;
import javax.swing.AbstractButton;
import javax.swing.JComponent;
import javax.swing.JMenu;
import javax.swing.JMenuItem;
import javax.swing.JOptionPane;
import javax.swing.JRadioButtonMenuItem;
import javax.swing.JTextArea;
import javax.swing.SwingUtilities;
import javax.swing.event.MenuEvent;
import javax.swing.event.MenuListener;

/** Items of a menu. */
public final class MenuItems {

  private static final int WIDTH = 30;

  private MenuItems() {}

  /** An item with a letter that chooses it. */
  public static JMenuItem item(Label label, Runnable chosen) {
    JMenuItem item = new JMenuItem();
    label(item, label);
    item.addActionListener(e -> chosen.run());
    return item;
  }

  /** An item without a letter. */
  public static JMenuItem plain(String text, Runnable chosen) {
    return item(new Label(text, -1), chosen);
  }

  /** One of several of which one is chosen; its name comes from outside. */
  public static JMenuItem choice(String name, boolean isChosen, Runnable chosen) {
    JMenuItem item = new JRadioButtonMenuItem();
    text(item, name);
    item.setSelected(isChosen);
    item.addActionListener(
        e -> {
          item.setSelected(isChosen); // what follows may be cancelled
          chosen.run();
        });
    return item;
  }

  /** Does something whenever a menu is opened. */
  public static void onOpen(JMenu menu, Runnable opened) {
    menu.addMenuListener(
        new MenuListener() {
          @Override
          public void menuSelected(MenuEvent e) {
            opened.run();
          }

          @Override
          public void menuDeselected(MenuEvent e) {}

          @Override
          public void menuCanceled(MenuEvent e) {}
        });
  }

  /** Sets the text and the letter. */
  public static void label(AbstractButton item, Label label) {
    Look.label(item, label);
  }

  /** Shows a text from outside as it is: Swing would take some for HTML. */
  public static void text(AbstractButton item, String text) {
    item.putClientProperty("html.disable", true);
    item.setText(text);
  }

  /** Says what went wrong. Events go on meanwhile. */
  public static void warn(JComponent owner, String text) {
    JTextArea paragraph = Look.paragraph(text);
    paragraph.setSize(Look.em() * WIDTH, Short.MAX_VALUE); // then it knows its height
    JOptionPane.showMessageDialog(
        SwingUtilities.getWindowAncestor(owner), paragraph, null, JOptionPane.WARNING_MESSAGE);
  }
}
