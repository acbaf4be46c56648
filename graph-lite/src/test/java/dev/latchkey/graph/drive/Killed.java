package dev.latchkey.graph.drive;

/** The end of a process, played by a progress listener: nothing behind it tidies up. */
final class Killed extends Error {

  private static final long serialVersionUID = 1L;

  /** Ends the transfer once so many bytes are through. */
  static Progress at(long limit) {
    return (bytes, total) -> {
      if (bytes >= limit) {
        throw new Killed();
      }
    };
  }
}
