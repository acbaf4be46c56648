package dev.latchkey.examples.desktop.view;

import com.formdev.flatlaf.FlatDarkLaf;
import com.formdev.flatlaf.FlatLaf;
import com.formdev.flatlaf.FlatLightLaf;
import java.awt.Font;
import javax.swing.UIManager;
import javax.swing.plaf.FontUIResource;

/** Light or dark, and how large. For the event thread only. */
public final class Theme {

  static final int SMALLEST = 100;
  static final int LARGEST = 300;
  private static final int STEP = 25;
  private static final int NORMAL = 13;

  private boolean dark;
  private int percent;

  /**
   * Creates it; it is not set yet.
   *
   * @param percent the size of the text, from 100 to 300
   */
  public Theme(boolean dark, int percent) {
    this.dark = dark;
    this.percent = percent;
  }

  /** Sets it, for the windows that are open, too. */
  public void apply() {
    // The library for the window's frame would be unpacked into a temporary file.
    System.setProperty("flatlaf.useNativeLibrary", "false");
    int size = NORMAL * percent / SMALLEST;
    UIManager.put("defaultFont", new FontUIResource(Font.SANS_SERIF, Font.PLAIN, size));
    FlatLaf.setup(dark ? new FlatDarkLaf() : new FlatLightLaf());
    FlatLaf.updateUI();
  }

  boolean isDark() {
    return dark;
  }

  void dark(boolean wanted) {
    dark = wanted;
    apply();
  }

  void larger() {
    resize(percent + STEP);
  }

  void smaller() {
    resize(percent - STEP);
  }

  private void resize(int wanted) {
    percent = Math.max(SMALLEST, Math.min(LARGEST, wanted));
    apply();
  }
}
