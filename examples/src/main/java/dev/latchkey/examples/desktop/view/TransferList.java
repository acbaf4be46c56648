package dev.latchkey.examples.desktop.view;

import dev.latchkey.examples.desktop.state.DriveState;
import dev.latchkey.examples.desktop.state.Transfer;
import dev.latchkey.examples.desktop.work.DeskWork;
import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.GridLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JProgressBar;
import javax.swing.JScrollPane;

/** Uploads and downloads, each with its progress and a way to cancel it. */
final class TransferList {

  private static final int ROWS = 4;

  private final DeskWork work;
  private final JPanel panel = new JPanel(new BorderLayout(0, Ems.of(0.3)));
  private final JPanel rows = new JPanel(new GridLayout(0, 1, 0, Ems.of(0.3)));
  private final JScrollPane scroll;
  private final JButton clear = new JButton("Clear");
  private final Map<Integer, Row> shown = new LinkedHashMap<>();

  TransferList(DeskWork work) {
    this.work = work;
    JPanel top = new JPanel(new BorderLayout());
    rows.setBorder(Ems.margin(0.2));
    scroll =
        new JScrollPane(rows) {
          private static final long serialVersionUID = 1L;

          @Override
          public Dimension getPreferredSize() { // a few rows; more scroll
            Dimension whole = super.getPreferredSize();
            int height = shown.isEmpty() ? 0 : rows.getPreferredSize().height / shown.size() * ROWS;
            return shown.size() <= ROWS ? whole : new Dimension(whole.width, height);
          }
        };
    scroll.getVerticalScrollBar().setUnitIncrement(Ems.of(2));
    clear.setName("clear");
    clear.setMnemonic('C');
    clear.addActionListener(e -> work.clearTransfers());
    top.add(Ems.labelOf("Transfers", '\0', rows), BorderLayout.LINE_START);
    top.add(clear, BorderLayout.LINE_END);
    panel.add(top, BorderLayout.PAGE_START);
    panel.add(scroll, BorderLayout.CENTER);
    panel.setVisible(false);
  }

  JPanel component() {
    return panel;
  }

  void show(DriveState drive) {
    List<Integer> wanted = drive.transfers().stream().map(Transfer::id).toList();
    boolean other = !List.copyOf(shown.keySet()).equals(wanted);
    if (other) {
      shown.keySet().retainAll(wanted);
      rows.removeAll();
    }
    for (Transfer transfer : drive.transfers()) {
      Row row = shown.computeIfAbsent(transfer.id(), id -> new Row(transfer));
      row.show(transfer);
      if (other) {
        rows.add(row.line);
      }
    }
    clear.setEnabled(drive.running() < drive.transfers().size());
    if (other) {
      panel.setVisible(!shown.isEmpty());
      panel.revalidate();
      panel.repaint();
    }
  }

  /** One of them. */
  private final class Row {

    private final JPanel line = new JPanel(new BorderLayout(Ems.of(0.8), 0));
    private final JProgressBar bar = new JProgressBar();
    private final JButton cancel = new JButton("Cancel");
    private final JLabel name;

    Row(Transfer transfer) {
      boolean up = transfer.direction() == Transfer.Direction.UPLOAD;
      String what = (up ? "Upload: " : "Download: ") + transfer.name();
      name = Ems.label(what);
      name.setPreferredSize(new Dimension(Ems.of(16), name.getPreferredSize().height));
      name.setToolTipText(null);
      bar.setStringPainted(true);
      bar.setName("progress");
      bar.getAccessibleContext().setAccessibleName(what);
      cancel.setName("cancel");
      cancel.getAccessibleContext().setAccessibleName("Cancel: " + transfer.name());
      cancel.addActionListener(e -> work.cancelTransfer(transfer.id()));
      line.add(name, BorderLayout.LINE_START);
      line.add(bar, BorderLayout.CENTER);
      line.add(cancel, BorderLayout.LINE_END);
    }

    void show(Transfer transfer) {
      bar.setValue(transfer.percent());
      bar.setString(
          switch (transfer.stage()) {
            case RUNNING -> transfer.percent() + " %";
            case DONE -> "Done";
            case CANCELLED -> "Cancelled";
            case FAILED -> "Failed";
          });
      cancel.setEnabled(transfer.isRunning());
    }
  }
}
