package dev.latchkey.examples.desktop.view;

import dev.latchkey.examples.desktop.state.Submission;
import java.awt.BorderLayout;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.awt.KeyboardFocusManager;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;

/** Fields with their labels, a button below them, and a note of what became of it. */
final class Fields {

  private final JPanel panel = new JPanel(new GridBagLayout());
  private final JButton button;
  private final JTextArea note;
  private int row;
  private int sent;

  Fields(String action, char letter, String name, Runnable chosen) {
    button = new JButton(action);
    button.setMnemonic(letter);
    button.setName(name);
    button.addActionListener(e -> chosen.run());
    note = Ems.paragraph("", name + "-note");
    note.setBorder(Ems.margin(0.3, 0));
  }

  JPanel component() {
    return panel;
  }

  Fields add(String label, char letter, JComponent field) {
    panel.add(Ems.labelOf(label, letter, field), at(0, 0, GridBagConstraints.NONE));
    panel.add(field, at(1, 0, GridBagConstraints.HORIZONTAL));
    row++;
    return this;
  }

  /** A text of several lines. The tabulator key leaves it. */
  Fields addText(String label, char letter, JTextArea text) {
    text.setLineWrap(true);
    text.setWrapStyleWord(true);
    text.setFont(Ems.font());
    text.setFocusTraversalKeys(KeyboardFocusManager.FORWARD_TRAVERSAL_KEYS, null);
    text.setFocusTraversalKeys(KeyboardFocusManager.BACKWARD_TRAVERSAL_KEYS, null);
    JScrollPane scroll = new JScrollPane(text);
    scroll.setMinimumSize(Ems.size(10, 3));
    scroll.setPreferredSize(Ems.size(20, 5));
    panel.add(Ems.labelOf(label, letter, text), at(0, 0, GridBagConstraints.NONE));
    panel.add(scroll, at(1, 1, GridBagConstraints.BOTH));
    row++;
    return this;
  }

  Fields end() {
    JPanel line = new JPanel(new BorderLayout(Ems.of(0.8), 0));
    JPanel beside = new JPanel(new BorderLayout());
    beside.add(button, BorderLayout.PAGE_START);
    line.add(beside, BorderLayout.LINE_START);
    line.add(note, BorderLayout.CENTER);
    panel.add(line, at(1, 0, GridBagConstraints.HORIZONTAL));
    return this;
  }

  private GridBagConstraints at(int column, double heavy, int fill) {
    GridBagConstraints at = new GridBagConstraints();
    at.gridx = column;
    at.gridy = row;
    at.weightx = column;
    at.weighty = column == 0 ? 0 : heavy;
    at.fill = fill;
    at.anchor = GridBagConstraints.FIRST_LINE_START;
    at.insets =
        column == 0 // beside the text of the field
            ? new Insets(Ems.of(0.5), 0, Ems.of(0.25), Ems.of(0.7))
            : new Insets(Ems.of(0.25), 0, Ems.of(0.25), 0);
    return at;
  }

  /** Shows what became of it; empties the fields once more was sent. */
  void show(Submission submission, boolean mayBeSent, Runnable empty) {
    button.setEnabled(mayBeSent && !submission.isBusy());
    if (!submission.note().equals(note.getText())) {
      note.setText(submission.note());
      panel.revalidate();
    }
    if (submission.sent() != sent) {
      boolean more = submission.sent() > sent; // another account begins at 0
      sent = submission.sent();
      if (more) {
        empty.run();
      }
    }
  }
}
