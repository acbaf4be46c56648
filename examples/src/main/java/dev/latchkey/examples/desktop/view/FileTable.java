package dev.latchkey.examples.desktop.view;

import dev.latchkey.graph.drive.DriveItem;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What is in a folder: folders first, and then by name. */
final class FileTable extends RowTable<DriveItem, DriveItem> {

  private static final long serialVersionUID = 1L;
  static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());
  private static final int KILO = 1024;

  FileTable() {
    super("Name", "Size", "Changed");
  }

  @Override
  List<DriveItem> rows(List<DriveItem> list) {
    return list.stream()
        .sorted(
            Comparator.comparing((DriveItem item) -> !item.isFolder())
                .thenComparing(FileTable::name, String.CASE_INSENSITIVE_ORDER))
        .toList();
  }

  DriveItem at(int row) {
    return rows().get(row);
  }

  /** The row of an item; -1 if it is not there. */
  int rowOf(String id) {
    for (int i = 0; i < rows().size(); i++) {
      if (rows().get(i).id().equals(id)) {
        return i;
      }
    }
    return -1;
  }

  static String name(DriveItem item) {
    return item.name() == null ? item.id() : item.name();
  }

  @Override
  Object cell(DriveItem item, int column) {
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
