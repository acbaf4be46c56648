package dev.latchkey.graph.drive;

import java.net.URI;

/**
 * An upload session, as a {@link Checkpoint} keeps it. Used by one thread. Not a record, whose text
 * would show the URL.
 */
final class Session {

  private final URI url;
  private final String before;
  private boolean mayBeComplete;

  /**
   * Creates one.
   *
   * @param url where the slices go: a secret
   * @param before what was at the destination when it began
   * @param mayBeComplete whether the last slice may have been sent
   */
  Session(URI url, String before, boolean mayBeComplete) {
    this.url = url;
    this.before = before;
    this.mayBeComplete = mayBeComplete;
  }

  /** The last slice is about to leave. */
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
