package dev.latchkey.examples.desktop.view;

import dev.latchkey.graph.drive.DriveItem;
import java.awt.Component;
import java.awt.KeyboardFocusManager;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JTable;
import javax.swing.KeyStroke;
import javax.swing.ListSelectionModel;
import javax.swing.SwingConstants;
import javax.swing.UIManager;
import javax.swing.table.DefaultTableCellRenderer;
import javax.swing.table.TableModel;

/** Tables that look alike. */
final class Cells extends DefaultTableCellRenderer {

  private static final long serialVersionUID = 1L;

  private Cells() {
    putClientProperty("html.disable", true);
  }

  /** A table of single rows that nobody edits. The tabulator key leaves it. */
  static JTable table(TableModel model, String name, double... widths) {
    JTable table = new JTable(model);
    table.setName(name);
    table.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
    table.setDefaultRenderer(Object.class, new Cells());
    table.setFillsViewportHeight(true);
    table.setShowGrid(false);
    table.getTableHeader().setReorderingAllowed(false);
    if (table.getTableHeader().getDefaultRenderer() instanceof JLabel header) {
      header.setHorizontalAlignment(SwingConstants.LEADING); // above its column
    }
    for (int i = 0; i < widths.length; i++) {
      table.getColumnModel().getColumn(i).setPreferredWidth(Ems.of(widths[i]));
    }
    // Null leaves both keys to the window, which goes on to the next component.
    table.setFocusTraversalKeys(KeyboardFocusManager.FORWARD_TRAVERSAL_KEYS, null);
    table.setFocusTraversalKeys(KeyboardFocusManager.BACKWARD_TRAVERSAL_KEYS, null);
    table
        .getInputMap(JComponent.WHEN_ANCESTOR_OF_FOCUSED_COMPONENT)
        .put(KeyStroke.getKeyStroke("TAB"), "none");
    table
        .getInputMap(JComponent.WHEN_ANCESTOR_OF_FOCUSED_COMPONENT)
        .put(KeyStroke.getKeyStroke("shift TAB"), "none");
    return table;
  }

  @Override
  public Component getTableCellRendererComponent(
      JTable table, Object value, boolean selected, boolean focused, int row, int column) {
    super.getTableCellRendererComponent(table, value, selected, false, row, column);
    setIcon(null);
    if (value instanceof DriveItem item) {
      setText(FileTable.name(item));
      setIcon(UIManager.getIcon(item.isFolder() ? "FileView.directoryIcon" : "FileView.fileIcon"));
    }
    return this;
  }
}
