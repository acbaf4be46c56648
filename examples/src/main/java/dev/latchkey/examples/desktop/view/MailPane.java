package dev.latchkey.examples.desktop.view;

import dev.latchkey.examples.desktop.state.DeskState;
import dev.latchkey.examples.desktop.state.Draft;
import dev.latchkey.examples.desktop.state.Listed;
import dev.latchkey.examples.desktop.work.DeskWork;
import java.awt.BorderLayout;
import javax.swing.JComponent;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JSplitPane;
import javax.swing.JTable;
import javax.swing.JTextArea;
import javax.swing.JTextField;

/** The inbox, and a mail to write. */
final class MailPane implements Pane {

  private final DeskWork work;
  private final JPanel panel = new JPanel(new BorderLayout());
  private final MailTable model = new MailTable();
  private final ListNote note = new ListNote("mail-note", "The inbox is empty.");
  private final JTextField to = new JTextField();
  private final JTextField subject = new JTextField();
  private final JTextArea text = new JTextArea();
  private final Fields fields = new Fields("Send", 'S', "send", this::send);

  MailPane(DeskWork work) {
    this.work = work;
    to.setName("to");
    subject.setName("subject");
    text.setName("text");
    fields.add("To", 'T', to).add("Subject", 'J', subject).addText("Text", 'X', text).end();
    JTable table = Cells.table(model, "mail", 14, 18, 9);
    table.getAccessibleContext().setAccessibleName("Inbox");
    JScrollPane scroll = new JScrollPane(table);
    scroll.setPreferredSize(Ems.size(40, 10));
    JPanel top = new JPanel(new BorderLayout(0, Ems.of(0.4)));
    top.add(note.component(), BorderLayout.PAGE_START);
    top.add(scroll, BorderLayout.CENTER);
    top.setMinimumSize(Ems.size(10, 4));
    fields.component().setBorder(Ems.margin(0.4, 0));
    JSplitPane split = new JSplitPane(JSplitPane.VERTICAL_SPLIT, top, fields.component());
    split.setResizeWeight(0.5);
    split.setBorder(null);
    panel.setBorder(Ems.margin(0.7));
    panel.add(split, BorderLayout.CENTER);
  }

  private void send() {
    work.send(new Draft(to.getText(), subject.getText(), text.getText()));
  }

  @Override
  public JComponent component() {
    return panel;
  }

  @Override
  public void show(DeskState state) {
    note.show(state.mail().listed());
    model.show(state.mail().listed().items());
    fields.show(
        state.mail().submission(),
        true,
        () -> {
          to.setText("");
          subject.setText("");
          text.setText("");
        });
  }

  @Override
  public boolean isBlank(DeskState state) {
    return state.mail().listed().stage() == Listed.Stage.NOT_ASKED;
  }

  @Override
  public void refresh() {
    work.readMail();
  }
}
