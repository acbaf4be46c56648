package dev.latchkey.graph.drive;

import dev.latchkey.graph.drive.Destination.Before;
import java.net.URI;

/** An upload session, as a {@link Checkpoint} keeps it. Immutable. */
final class Session {

  private final URI url;
  private final Before before;
  private final boolean mayBeComplete;

  /**
   * Creates one.
   *
   * @param url where the slices go: a secret
   * @param before what was at the destination when it began
   * @param mayBeComplete whether the last slice may have been sent
   */
  Session(URI url, Before before, boolean mayBeComplete) {
    this.url = url;
    this.before = before;
    this.mayBeComplete = mayBeComplete;
  }

  Session withLastSlice() {
    return new Session(url, before, true);
  }

  URI url() {
    return url;
  }

  Before before() {
    return before;
  }

  boolean mayBeComplete() {
    return mayBeComplete;
  }

  /** Leaves out the URL. */
  @Override
  public String toString() {
    return "Session[" + before + ", mayBeComplete=" + mayBeComplete + "]";
  }
}
