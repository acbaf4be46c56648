package dev.latchkey.store;

/**
 * The limits on keys and contents that {@link TokenStore} sets, for the authors of stores. A store
 * checks its arguments with these methods; a violation is a programming error, never a {@link
 * dev.latchkey.error.TokenStoreFailure}.
 *
 * @see EncryptedFileTokenStore
 */
public final class RecordLimits {

  /** The length of the longest key, in characters. */
  public static final int MAX_KEY_LENGTH = 64;

  /** The length of the longest content, in characters. */
  public static final int MAX_CONTENT_LENGTH = 100_000;

  private RecordLimits() {}

  /**
   * Tells whether a text can be the key of a record.
   *
   * @param text the text
   * @return true if it is 1 to {@value #MAX_KEY_LENGTH} characters of {@code a-z}, {@code 0-9} and
   *     {@code -}
   */
  public static boolean isKey(String text) {
    if (text.isEmpty() || text.length() > MAX_KEY_LENGTH) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-') {
        return false;
      }
    }
    return true;
  }

  /**
   * Checks a key.
   *
   * @param key the key
   * @return the same key
   * @throws IllegalArgumentException if {@link #isKey} is false for it
   */
  public static String checkKey(String key) {
    if (!isKey(key)) {
      throw new IllegalArgumentException(
          "A record's key is 1 to 64 characters of a-z, 0-9 and -, unlike: " + key);
    }
    return key;
  }

  /**
   * Checks the content of a record. The exception's message does not quote the content.
   *
   * @param content the content
   * @return the same content
   * @throws IllegalArgumentException if it has no characters or more than {@value
   *     #MAX_CONTENT_LENGTH}, or a surrogate without its other half
   */
  public static String checkContent(String content) {
    checkLength(content.length());
    for (int i = 0; i < content.length(); i += Character.charCount(content.codePointAt(i))) {
      // codePointAt returns a surrogate only where the other half is missing.
      if (Character.getType(content.codePointAt(i)) == Character.SURROGATE) {
        throw new IllegalArgumentException("A record's content has a lone surrogate at " + i + ".");
      }
    }
    return content;
  }

  /**
   * Checks the length of a record's content.
   *
   * @param length the length in characters
   * @return the same length
   * @throws IllegalArgumentException if it is not from 1 to {@value #MAX_CONTENT_LENGTH}
   */
  public static int checkLength(int length) {
    if (length < 1 || length > MAX_CONTENT_LENGTH) {
      throw new IllegalArgumentException(
          "A record's content has 1 to 100,000 characters, not " + length + ".");
    }
    return length;
  }
}
