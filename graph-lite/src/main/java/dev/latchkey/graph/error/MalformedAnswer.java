package dev.latchkey.graph.error;

import org.jspecify.annotations.Nullable;

/**
 * The answer is not what Graph sends: no JSON, a member missing or of the wrong type, a link to
 * another host. Nothing was changed, or it is harmless to repeat; else it is an {@link
 * OutcomeUnknown}. Next: check for a captive portal or proxy, else report it.
 */
public final class MalformedAnswer extends GraphException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates one; applications do so in their own tests.
   *
   * @param message what happened, without any secret
   * @param error what Graph said
   * @param cause what was caught, if anything
   */
  public MalformedAnswer(String message, GraphError error, @Nullable Throwable cause) {
    super(message, error, cause);
  }
}
