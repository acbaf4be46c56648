package dev.latchkey.examples.desktop.view;

import java.awt.Toolkit;
import java.awt.event.KeyEvent;
import javax.swing.ButtonGroup;
import javax.swing.JMenu;
import javax.swing.JMenuBar;
import javax.swing.JMenuItem;
import javax.swing.JRadioButtonMenuItem;
import javax.swing.KeyStroke;

/** The menu bar: everything that the buttons do, and the looks. */
final class Menus {

  private final int command = Toolkit.getDefaultToolkit().getMenuShortcutKeyMaskEx();
  private final Theme theme;
  private final Runnable resized;

  Menus(Theme theme, Runnable resized) {
    this.theme = theme;
    this.resized = resized;
  }

  JMenuBar bar(FilesPane files, Runnable refresh, Runnable close, JMenu accounts) {
    JMenu file = menu("File", 'F');
    file.add(item("Upload…", 'U', KeyEvent.VK_U, "menu-upload", files::chooseUpload));
    file.add(item("Download…", 'D', KeyEvent.VK_D, "menu-download", files::chooseDownload));
    JMenuItem again = item("Refresh", 'R', 0, "menu-refresh", refresh);
    again.setAccelerator(KeyStroke.getKeyStroke(KeyEvent.VK_F5, 0));
    file.add(again);
    file.addSeparator();
    file.add(item("Close", 'C', KeyEvent.VK_W, "menu-close", close));

    JMenu view = menu("View", 'V');
    ButtonGroup looks = new ButtonGroup();
    for (boolean dark : new boolean[] {false, true}) {
      JRadioButtonMenuItem look = new JRadioButtonMenuItem(dark ? "Dark" : "Light");
      look.setMnemonic(dark ? 'D' : 'L');
      look.setName(dark ? "menu-dark" : "menu-light");
      look.setSelected(dark == theme.isDark());
      look.addActionListener(e -> theme.dark(dark));
      looks.add(look);
      view.add(look);
    }
    view.addSeparator();
    view.add(item("Larger text", 'A', KeyEvent.VK_PLUS, "menu-larger", () -> resize(true)));
    view.add(item("Smaller text", 'S', KeyEvent.VK_MINUS, "menu-smaller", () -> resize(false)));

    JMenuBar bar = new JMenuBar();
    bar.add(file);
    bar.add(view);
    bar.add(accounts);
    return bar;
  }

  private void resize(boolean larger) {
    if (larger) {
      theme.larger();
    } else {
      theme.smaller();
    }
    resized.run();
  }

  private static JMenu menu(String text, char letter) {
    JMenu menu = new JMenu(text);
    menu.setMnemonic(letter);
    return menu;
  }

  private JMenuItem item(String text, char letter, int key, String name, Runnable action) {
    JMenuItem item = new JMenuItem(text, letter);
    item.setName(name);
    if (key != 0) {
      item.setAccelerator(KeyStroke.getKeyStroke(key, command));
    }
    item.addActionListener(e -> action.run());
    return item;
  }
}
