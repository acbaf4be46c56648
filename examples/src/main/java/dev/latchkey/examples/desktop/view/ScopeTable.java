package dev.latchkey.examples.desktop.view;

import dev.latchkey.AccessToken;
import dev.latchkey.ScopeAudit;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import javax.swing.table.AbstractTableModel;

/** The scopes of each access token: which were requested, and what the server made of that. */
final class ScopeTable extends AbstractTableModel {

  private static final long serialVersionUID = 1L;
  private static final String[] COLUMNS = {"Scope", "Audit", "Token"};
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

  private transient List<AccessToken> shown = List.of();
  private transient List<String[]> rows = List.of();

  void show(List<AccessToken> tokens) {
    if (tokens != shown) {
      shown = tokens;
      rows = rows(tokens);
      fireTableDataChanged();
    }
  }

  private static List<String[]> rows(List<AccessToken> tokens) {
    List<String[]> rows = new ArrayList<>();
    int number = 0;
    for (AccessToken token : tokens) {
      number++;
      String until =
          token.expiresAt().equals(AccessToken.UNTIL_REFUSED)
              ? ""
              : ", until " + TIME.format(token.expiresAt());
      String name = number + until;
      ScopeAudit audit = token.scopes();
      TreeSet<String> scopes = new TreeSet<>(audit.requested());
      scopes.addAll(audit.granted());
      for (String scope : scopes) {
        rows.add(new String[] {scope, audit(audit, scope), name});
      }
    }
    return rows;
  }

  private static String audit(ScopeAudit audit, String scope) {
    if (audit.missing().contains(scope)) {
      return "requested, not granted";
    }
    return audit.extra().contains(scope) ? "granted, not requested" : "granted";
  }

  @Override
  public int getRowCount() {
    return rows.size();
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
    return rows.get(row)[column];
  }
}
