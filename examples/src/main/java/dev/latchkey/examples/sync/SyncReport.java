package dev.latchkey.examples.sync;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;

/** Tells the listener what a run does, and remembers what it leaves out. */
final class SyncReport {

  private final FolderSync.Listener listener;
  private final List<LeftOut> leftOut = new ArrayList<>();

  SyncReport(FolderSync.Listener listener) {
    this.listener = listener;
  }

  void done(String what, String path) {
    listener.done(what, path);
  }

  void leftOut(String path, String reason) {
    leftOut(path, new FileSystemException(path, null, reason));
  }

  void leftOut(String path, Exception cause) {
    leftOut.add(new LeftOut(path, reason(cause), cause));
  }

  /** Tells what was left out: after everything else, so that a person sees it. */
  void tellWhatWasLeftOut() {
    leftOut.forEach(listener::leftOut);
  }

  /**
   * Ends the run.
   *
   * @throws MirrorIncomplete if something was left out
   */
  void finish() {
    if (!leftOut.isEmpty()) {
      throw new MirrorIncomplete(leftOut);
    }
  }

  /** The message of most of the JDK's exceptions is only a path. */
  private static String reason(Exception cause) {
    if (cause instanceof AccessDeniedException) {
      return "no permission";
    } else if (cause instanceof NoSuchFileException) {
      return "no such file or directory";
    } else if (cause instanceof FileSystemException e) {
      return e.getReason() == null ? "the file system refused it" : e.getReason();
    }
    return cause.getMessage() == null ? "the file system refused it" : cause.getMessage();
  }
}
