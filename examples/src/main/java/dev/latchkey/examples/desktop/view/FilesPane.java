package dev.latchkey.examples.desktop.view;

import dev.latchkey.examples.desktop.state.DeskState;
import dev.latchkey.examples.desktop.state.DriveState;
import dev.latchkey.examples.desktop.state.Folder;
import dev.latchkey.examples.desktop.state.Listed;
import dev.latchkey.examples.desktop.work.DeskWork;
import dev.latchkey.graph.drive.DriveItem;
import java.awt.BorderLayout;
import java.awt.event.ActionEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.nio.file.Path;
import javax.swing.AbstractAction;
import javax.swing.Box;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JSplitPane;
import javax.swing.JTable;
import javax.swing.KeyStroke;
import org.jspecify.annotations.Nullable;

/** The drive: folders, what is in them, and what is on its way. */
final class FilesPane implements Pane {

  private final DeskWork work;
  private final FileChoice choice;
  private final JPanel panel = new JPanel(new BorderLayout(0, Ems.of(0.5)));
  private final FolderTree tree;
  private final FileTable model = new FileTable();
  private final JTable table = Cells.table(model, "files", 22, 7, 10);
  private final ListNote note =
      new ListNote("files-note", "This folder is empty. Drop files here.");
  private final TransferList transfers;
  private final JLabel path = Ems.label("");
  private final JButton up = new JButton("Up");
  private final JButton download = new JButton("Download…");

  FilesPane(DeskWork work, FileChoice choice) {
    this.work = work;
    this.choice = choice;
    tree = new FolderTree(work);
    transfers = new TransferList(work);
    table.getAccessibleContext().setAccessibleName("Files");
    panel.setBorder(Ems.margin(0.7));
    panel.add(bar(), BorderLayout.PAGE_START);
    panel.add(split(), BorderLayout.CENTER);
    panel.add(transfers.component(), BorderLayout.PAGE_END);
    table.getSelectionModel().addListSelectionListener(e -> enable());
    keys();
    DroppedFiles drop = new DroppedFiles(work::upload);
    table.setTransferHandler(drop);
    panel.setTransferHandler(drop);
  }

  private JPanel bar() {
    Box buttons = Box.createHorizontalBox();
    JButton upload = new JButton("Upload…");
    upload.setName("upload");
    upload.setMnemonic('U');
    upload.addActionListener(e -> chooseUpload());
    download.setName("download");
    download.setMnemonic('D');
    download.addActionListener(e -> chooseDownload());
    up.setName("up");
    up.setMnemonic('P');
    up.addActionListener(e -> goUp());
    for (JButton button : new JButton[] {up, upload, download}) {
      buttons.add(button);
      buttons.add(Box.createHorizontalStrut(Ems.of(0.4)));
    }
    JPanel bar = new JPanel(new BorderLayout(Ems.of(0.8), 0));
    path.setName("path");
    bar.add(buttons, BorderLayout.LINE_START);
    bar.add(path, BorderLayout.CENTER);
    return bar;
  }

  private JSplitPane split() {
    JScrollPane folders = new JScrollPane(tree.component());
    folders.setPreferredSize(Ems.size(13, 20));
    JScrollPane files = new JScrollPane(table);
    files.setPreferredSize(Ems.size(36, 20));
    JPanel right = new JPanel(new BorderLayout(0, Ems.of(0.4)));
    right.add(note.component(), BorderLayout.PAGE_START);
    right.add(files, BorderLayout.CENTER);
    JSplitPane split = new JSplitPane(JSplitPane.HORIZONTAL_SPLIT, folders, right);
    folders.setMinimumSize(Ems.size(9, 4));
    right.setMinimumSize(Ems.size(10, 4));
    split.setResizeWeight(0.2);
    split.setBorder(null);
    return split;
  }

  private void keys() {
    key("ENTER", "open", this::openSelected);
    key("BACK_SPACE", "go-up", this::goUp);
    table.addMouseListener(
        new MouseAdapter() {
          @Override
          public void mouseClicked(MouseEvent e) {
            if (e.getClickCount() == 2) {
              openSelected();
            }
          }
        });
  }

  private void key(String stroke, String name, Runnable action) {
    table
        .getInputMap(JComponent.WHEN_ANCESTOR_OF_FOCUSED_COMPONENT)
        .put(KeyStroke.getKeyStroke(stroke), name);
    table
        .getActionMap()
        .put(
            name,
            new AbstractAction() {
              private static final long serialVersionUID = 1L;

              @Override
              public void actionPerformed(ActionEvent e) {
                action.run();
              }
            });
  }

  private @Nullable DriveItem selected() {
    int row = table.getSelectedRow();
    return row < 0 ? null : model.at(row);
  }

  private void openSelected() {
    DriveItem item = selected();
    if (item == null) {
      return;
    }
    if (item.isFolder()) {
      work.open(work.state().drive().current().child(item));
    } else {
      chooseDownload();
    }
  }

  private void goUp() {
    Folder parent = work.state().drive().current().parent();
    if (parent != null) {
      work.open(parent);
    }
  }

  void chooseUpload() {
    work.upload(choice.toUpload(panel));
  }

  void chooseDownload() {
    DriveItem item = selected();
    if (item != null && item.isFile()) {
      Path target = choice.toSave(panel, FileTable.name(item));
      if (target != null) {
        work.download(item, target);
      }
    }
  }

  private void enable() {
    DriveItem item = selected();
    download.setEnabled(item != null && item.isFile());
  }

  @Override
  public JComponent component() {
    return panel;
  }

  @Override
  public void show(DeskState state) {
    DriveState drive = state.drive();
    Listed<DriveItem> listed = drive.shown();
    DriveItem before = selected();
    model.show(listed.items());
    int row = before == null ? -1 : model.rowOf(before.id());
    if (row >= 0 && row != table.getSelectedRow()) { // read again, and still there
      table.setRowSelectionInterval(row, row);
    }
    note.show(listed);
    path.setText(drive.current().path());
    up.setEnabled(drive.current().parent() != null);
    tree.show(drive);
    transfers.show(drive);
    enable();
  }

  @Override
  public boolean isBlank(DeskState state) {
    return state.drive().shown().stage() == Listed.Stage.NOT_ASKED;
  }

  @Override
  public void refresh() {
    work.read(work.state().drive().current());
  }
}
