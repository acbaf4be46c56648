package dev.latchkey.internal.text;

/**
 * Removes one known secret from foreign texts, in whatever case it is written there.
 *
 * <p>The search is that of Knuth, Morris and Pratt, which looks at each character of the text about
 * twice. {@code String.replace} and {@code Pattern} compare the secret anew at each position: a
 * server that chooses both, a device code and an error text of the same letter, could keep a thread
 * busy for minutes.
 */
public final class Redaction {

  private static final String REDACTED = "[redacted]";

  private final String secret;

  /** For each length: how long the longest border of the prefix of this length is. */
  private final int[] borders;

  /**
   * Prepares the search.
   *
   * @param secret not empty
   */
  public Redaction(String secret) {
    this.secret = secret;
    this.borders = new int[secret.length() + 1];
    borders[0] = -1;
    int border = -1;
    for (int length = 1; length <= secret.length(); length++) {
      border = next(border, secret.charAt(length - 1));
      borders[length] = border;
    }
  }

  /** The text with "[redacted]" in the place of the secret. */
  public String in(String text) {
    StringBuilder redacted = new StringBuilder();
    int copied = 0;
    int found = 0;
    for (int at = 0; at < text.length(); at++) {
      found = next(found, text.charAt(at));
      if (found == secret.length()) {
        redacted.append(text, copied, at + 1 - found).append(REDACTED);
        copied = at + 1;
        found = 0;
      }
    }
    return copied == 0 ? text : redacted.append(text, copied, text.length()).toString();
  }

  /** How much of the secret ends at the next character, if so much ended before it. */
  private int next(int before, char c) {
    int length = before;
    while (length >= 0 && lower(secret.charAt(length)) != lower(c)) {
      length = borders[length];
    }
    return length + 1;
  }

  private static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
  }

  /** Leaves out the secret. */
  @Override
  public String toString() {
    return "Redaction[" + secret.length() + " characters]";
  }
}
