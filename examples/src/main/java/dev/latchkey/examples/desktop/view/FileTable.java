package dev.latchkey.examples.desktop.view;

import dev.latchkey.graph.drive.DriveItem;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import javax.swing.table.AbstractTableModel;

/** What is in a folder: folders first, and then by name. */
final class FileTable extends AbstractTableModel {

  private static final long serialVersionUID = 1L;
  private static final String[] COLUMNS = {"Name", "Size", "Changed"};
  static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());
  private static final int KILO = 1024;

  private transient List<DriveItem> shown = List.of();
  private transient List<DriveItem> items = List.of();

  void show(List<DriveItem> listed) {
    if (listed != shown) {
      shown = listed;
      items =
          listed.stream()
              .sorted(
                  Comparator.comparing((DriveItem item) -> !item.isFolder())
                      .thenComparing(FileTable::name, String.CASE_INSENSITIVE_ORDER))
              .toList();
      fireTableDataChanged();
    }
  }

  DriveItem at(int row) {
    return items.get(row);
  }

  /** The row of an item; -1 if it is not there. */
  int rowOf(String id) {
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).id().equals(id)) {
        return i;
      }
    }
    return -1;
  }

  static String name(DriveItem item) {
    return item.name() == null ? item.id() : item.name();
  }

  @Override
  public int getRowCount() {
    return items.size();
  }

  @Override
  public int getColumnCount() {
    return COLUMNS.length;
  }

  @Override
  public String getColumnName(int column) {
    return COLUMNS[column];
  }

  @Override
  public Object getValueAt(int row, int column) {
    DriveItem item = items.get(row);
    return switch (column) {
      case 0 -> item;
      case 1 -> item.isFolder() || item.size() == null ? "" : size(item.size());
      default -> item.lastModified() == null ? "" : WHEN.format(item.lastModified());
    };
  }

  static String size(long bytes) {
    if (bytes < KILO) {
      return bytes + " B";
    }
    double size = bytes;
    String unit = "";
    for (String next : new String[] {"KB", "MB", "GB", "TB"}) {
      if (size >= KILO) {
        size /= KILO;
        unit = next;
      }
    }
    return String.format(Locale.ENGLISH, "%.1f %s", size, unit);
  }
}
