package dev.latchkey.swing.internal.view;

import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.Insets;
import java.awt.LayoutManager;
import javax.swing.JTextArea;

/**
 * Stacks components, each as wide as the column. Text wraps, and takes the height that it needs.
 */
final class ColumnLayout implements LayoutManager {

  private final int width;
  private final int gap;

  /**
   * Creates a layout.
   *
   * @param width for text, if nothing else needs more
   * @param gap between two components
   */
  ColumnLayout(int width, int gap) {
    this.width = width;
    this.gap = gap;
  }

  @Override
  public Dimension preferredLayoutSize(Container parent) {
    int widest = width;
    for (Component child : parent.getComponents()) {
      if (child.isVisible() && !(child instanceof JTextArea)) {
        widest = Math.max(widest, child.getPreferredSize().width);
      }
    }
    Insets insets = parent.getInsets();
    return new Dimension(
        widest + insets.left + insets.right, height(parent, widest) + insets.top + insets.bottom);
  }

  private int height(Container parent, int width) {
    int height = 0;
    for (Component child : parent.getComponents()) {
      if (child.isVisible()) {
        height += heightOf(child, width) + (height == 0 ? 0 : gap);
      }
    }
    return height;
  }

  private static int heightOf(Component child, int width) {
    if (child instanceof JTextArea) {
      child.setSize(width, Short.MAX_VALUE); // its preferred height is that at its width
    }
    return child.getPreferredSize().height;
  }

  @Override
  public Dimension minimumLayoutSize(Container parent) {
    return preferredLayoutSize(parent);
  }

  @Override
  public void layoutContainer(Container parent) {
    Insets insets = parent.getInsets();
    int inner = parent.getWidth() - insets.left - insets.right;
    int y = insets.top;
    for (Component child : parent.getComponents()) {
      if (child.isVisible()) {
        int height = heightOf(child, inner);
        child.setBounds(insets.left, y, inner, height);
        y += height + gap;
      }
    }
  }

  @Override
  public void addLayoutComponent(String name, Component child) {}

  @Override
  public void removeLayoutComponent(Component child) {}
}
