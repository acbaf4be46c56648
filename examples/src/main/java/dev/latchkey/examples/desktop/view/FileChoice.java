package dev.latchkey.examples.desktop.view;

import java.awt.Component;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.swing.JFileChooser;
import javax.swing.JOptionPane;
import org.jspecify.annotations.Nullable;

/** Asks for local files. */
public interface FileChoice {

  /** Files to upload; empty if the person chose none. */
  List<Path> toUpload(Component owner);

  /** Where to save a download; null if the person chose nothing. */
  @Nullable Path toSave(Component owner, String name);

  /** With the dialogs of Swing. */
  static FileChoice dialogs() {
    return new FileChoice() {
      @Override
      public List<Path> toUpload(Component owner) {
        JFileChooser chooser = new JFileChooser();
        chooser.setMultiSelectionEnabled(true);
        chooser.setDialogTitle("Upload files");
        return chooser.showDialog(owner, "Upload") == JFileChooser.APPROVE_OPTION
            ? Arrays.stream(chooser.getSelectedFiles()).map(File::toPath).toList()
            : List.of();
      }

      @Override
      public @Nullable Path toSave(Component owner, String name) {
        JFileChooser chooser = new JFileChooser();
        chooser.setDialogTitle("Download " + name);
        // A server's name is no path here.
        chooser.setSelectedFile(
            new File(
                chooser.getCurrentDirectory(), name.replaceAll("[/\\\\:*?\"<>|\\p{Cntrl}]", "_")));
        while (chooser.showSaveDialog(owner) == JFileChooser.APPROVE_OPTION) {
          File file = chooser.getSelectedFile();
          if (!file.exists() || mayReplace(owner, file)) {
            return file.toPath();
          }
        }
        return null;
      }
    };
  }

  private static boolean mayReplace(Component owner, File file) {
    return JOptionPane.showConfirmDialog(
            owner,
            Ems.label("Replace " + file.getName() + "?"),
            "Download",
            JOptionPane.OK_CANCEL_OPTION)
        == JOptionPane.OK_OPTION;
  }
}
