package dev.latchkey.examples.desktop.view;

import java.awt.datatransfer.DataFlavor;
import java.awt.datatransfer.UnsupportedFlavorException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.swing.TransferHandler;

/** Takes files that are dropped or pasted. */
final class DroppedFiles extends TransferHandler {

  private static final long serialVersionUID = 1L;

  private final transient Consumer<List<Path>> target;

  DroppedFiles(Consumer<List<Path>> target) {
    this.target = target;
  }

  @Override
  public boolean canImport(TransferSupport support) {
    boolean files = support.isDataFlavorSupported(DataFlavor.javaFileListFlavor);
    if (files && support.isDrop()) {
      support.setDropAction(COPY); // a move would delete the file here
    }
    return files;
  }

  @Override
  public boolean importData(TransferSupport support) {
    if (!canImport(support)) {
      return false;
    }
    List<Path> files = new ArrayList<>();
    try {
      Object data = support.getTransferable().getTransferData(DataFlavor.javaFileListFlavor);
      for (Object file : (List<?>) data) {
        files.add(((File) file).toPath());
      }
    } catch (UnsupportedFlavorException | IOException e) { // the other program took it back
      return false;
    }
    target.accept(files);
    return !files.isEmpty();
  }
}
