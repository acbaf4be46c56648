package dev.latchkey.examples.desktop.view;

import dev.latchkey.AccessToken;
import dev.latchkey.ScopeAudit;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** The scopes of each access token: which were requested, and what the server made of that. */
final class ScopeTable extends RowTable<AccessToken, String[]> {

  private static final long serialVersionUID = 1L;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

  ScopeTable() {
    super("Scope", "Audit", "Token");
  }

  @Override
  List<String[]> rows(List<AccessToken> tokens) {
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
  Object cell(String[] row, int column) {
    return row[column];
  }
}
