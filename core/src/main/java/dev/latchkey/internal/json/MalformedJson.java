package dev.latchkey.internal.json;

/**
 * A text is not the JSON that was expected. The message says what is wrong and never quotes the
 * text, which may hold tokens.
 */
public final class MalformedJson extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public MalformedJson(String message) {
    super(message);
  }
}
