package dev.latchkey.graph.error;

import org.jspecify.annotations.Nullable;

/**
 * The response is not one that Graph sends: not JSON, a member missing or of the wrong type, a link
 * to another host. Nothing was changed, or the request is harmless to repeat; otherwise it is an
 * {@link OutcomeUnknown}. Next: look for a captive portal or proxy; if there is none, report it.
 *
 * @see GraphException
 */
public final class MalformedAnswer extends GraphException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates one; applications do so in their own tests.
   *
   * @param message what happened, without any secret
   * @param error the details of the response
   * @param cause the exception that was caught, or null
   */
  public MalformedAnswer(String message, GraphError error, @Nullable Throwable cause) {
    super(message, error, cause);
  }
}
