package dev.latchkey.internal.json;

/**
 * A text is not the expected JSON. The message says what is wrong; it never quotes the text, which
 * may hold tokens.
 */
public final class MalformedJson extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public MalformedJson(String message) {
    super(message);
  }
}
