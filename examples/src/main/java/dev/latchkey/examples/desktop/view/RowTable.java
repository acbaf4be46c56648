package dev.latchkey.examples.desktop.view;

import java.util.List;
import javax.swing.table.AbstractTableModel;

/**
 * The model of a table whose rows are replaced all at once.
 *
 * @param <T> what is listed
 * @param <R> what is in a row
 */
abstract class RowTable<T, R> extends AbstractTableModel {

  private static final long serialVersionUID = 1L;

  private final String[] columns;
  private transient List<T> listed = List.of();
  private transient List<R> rows = List.of();

  RowTable(String... columns) {
    this.columns = columns;
  }

  /** The rows of a list, in their order. */
  abstract List<R> rows(List<T> list);

  /** What a row shows in a column, counted from 0. */
  abstract Object cell(R row, int column);

  /** Shows a list; does nothing if it is the one that is shown. */
  final void show(List<T> list) {
    if (list != listed) {
      listed = list;
      rows = rows(list);
      fireTableDataChanged();
    }
  }

  final List<R> rows() {
    return rows;
  }

  @Override
  public final int getRowCount() {
    return rows.size();
  }

  @Override
  public final int getColumnCount() {
    return columns.length;
  }

  @Override
  public final String getColumnName(int column) {
    return columns[column];
  }

  @Override
  public final Object getValueAt(int row, int column) {
    return cell(rows.get(row), column);
  }
}
