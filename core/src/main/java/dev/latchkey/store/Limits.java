package dev.latchkey.store;

/**
 * What may be a key and a content, as {@link TokenStore} says; a wrong one is the caller's fault.
 */
final class Limits {

  static final int LONGEST_KEY = 64;
  static final int LONGEST_CONTENT = 100_000;

  private Limits() {}

  static String key(String key) {
    if (!isKey(key)) {
      throw new IllegalArgumentException(
          "A record's key is 1 to 64 characters of a-z, 0-9 and -, unlike: " + key);
    }
    return key;
  }

  static boolean isKey(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST_KEY
        && text.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
  }

  static String content(String content) {
    length(content.length());
    for (int i = 0; i < content.length(); i += Character.charCount(content.codePointAt(i))) {
      // codePointAt gives a surrogate only where its other half is missing
      if (Character.getType(content.codePointAt(i)) == Character.SURROGATE) {
        throw new IllegalArgumentException("A record's content has a lone surrogate at " + i + ".");
      }
    }
    return content;
  }

  static int length(int length) {
    if (length < 1 || length > LONGEST_CONTENT) {
      throw new IllegalArgumentException(
          "A record's content has 1 to 100,000 characters, not " + length + ".");
    }
    return length;
  }
}
