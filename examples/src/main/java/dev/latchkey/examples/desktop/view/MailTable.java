package dev.latchkey.examples.desktop.view;

import dev.latchkey.graph.mail.Message;
import dev.latchkey.graph.mail.Recipient;
import java.util.List;
import javax.swing.table.AbstractTableModel;
import org.jspecify.annotations.Nullable;

/** The mail in the inbox, newest first, as Graph lists it. */
final class MailTable extends AbstractTableModel {

  private static final long serialVersionUID = 1L;
  private static final String[] COLUMNS = {"From", "Subject", "Received"};

  private transient List<Message> items = List.of();

  void show(List<Message> listed) {
    if (listed != items) {
      items = listed;
      fireTableDataChanged();
    }
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
    Message mail = items.get(row);
    return switch (column) {
      case 0 -> from(mail.from());
      case 1 -> mail.subject() == null ? "" : mail.subject();
      default ->
          mail.receivedDateTime() == null ? "" : FileTable.WHEN.format(mail.receivedDateTime());
    };
  }

  private static String from(@Nullable Recipient from) {
    String shown = from == null ? null : from.name() == null ? from.address() : from.name();
    return shown == null ? "" : shown;
  }
}
