package dev.latchkey.examples.desktop.view;

import dev.latchkey.examples.desktop.state.DeskState;
import dev.latchkey.examples.desktop.state.Listed;
import dev.latchkey.examples.desktop.work.DeskWork;
import java.awt.BorderLayout;
import java.awt.FlowLayout;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTable;
import org.jspecify.annotations.Nullable;

/** What the tokens may do, for developers; the tokens themselves are shown nowhere. */
final class DeveloperPane implements Pane {

  private final DeskWork work;
  private final JPanel panel = new JPanel(new BorderLayout(0, Ems.of(0.5)));
  private final ScopeTable model = new ScopeTable();
  private final ListNote note = new ListNote("tokens-note", "There is no access token.");

  /**
   * Creates it.
   *
   * @param endSession ends the session at the server, to see what follows; null where nobody can
   */
  DeveloperPane(DeskWork work, @Nullable Runnable endSession) {
    this.work = work;
    JTable table = Cells.table(model, "scopes", 18, 14, 10);
    table.getAccessibleContext().setAccessibleName("Scopes of the access tokens");
    panel.setBorder(Ems.margin(0.7));
    panel.add(note.component(), BorderLayout.PAGE_START);
    panel.add(new JScrollPane(table), BorderLayout.CENTER);
    if (endSession != null) {
      JButton end = new JButton("End the session at the server");
      end.setName("end-session");
      end.setMnemonic('E');
      end.addActionListener(e -> endSession.run());
      JPanel line = new JPanel(new FlowLayout(FlowLayout.LEADING, 0, 0));
      line.add(end);
      panel.add(line, BorderLayout.PAGE_END);
    }
  }

  @Override
  public JComponent component() {
    return panel;
  }

  @Override
  public void show(DeskState state) {
    note.show(state.tokens());
    model.show(state.tokens().items());
  }

  @Override
  public boolean isBlank(DeskState state) {
    return state.tokens().stage() == Listed.Stage.NOT_ASKED;
  }

  @Override
  public void refresh() {
    work.readTokens();
  }
}
