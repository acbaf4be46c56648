package dev.latchkey.graph.internal.transfer;

import java.net.URI;

/**
 * An upload session as an {@link UploadCheckpoint} stores it. Used by one thread. Not a record,
 * whose {@code toString} would show the URL.
 */
final class UploadSession {

  private final URI url;
  private final String before;
  private boolean mayBeComplete;

  /**
   * Creates one.
   *
   * @param url the upload URL: a secret
   * @param before what was at the target when the session began
   * @param mayBeComplete whether the last slice may have been sent
   */
  UploadSession(URI url, String before, boolean mayBeComplete) {
    this.url = url;
    this.before = before;
    this.mayBeComplete = mayBeComplete;
  }

  /** Records that the last slice is about to leave. */
  void expectCompletion() {
    mayBeComplete = true;
  }

  URI url() {
    return url;
  }

  String before() {
    return before;
  }

  boolean mayBeComplete() {
    return mayBeComplete;
  }
}
