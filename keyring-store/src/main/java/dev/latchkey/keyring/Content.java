package dev.latchkey.keyring;

/** What may be a key and a content, as the store's contract says. */
final class Content {

  static final int LONGEST = 100_000;
  private static final int LONGEST_KEY = 64;

  private Content() {}

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

  static String check(String content) {
    length(content.length());
    for (int i = 0; i < content.length(); i += Character.charCount(content.codePointAt(i))) {
      if (Character.getType(content.codePointAt(i)) == Character.SURROGATE) {
        throw new IllegalArgumentException("A record's content has a lone surrogate at " + i + ".");
      }
    }
    return content;
  }

  static int length(int length) {
    if (length < 1 || length > LONGEST) {
      throw new IllegalArgumentException(
          "A record's content has 1 to 100,000 characters, not " + length + ".");
    }
    return length;
  }
}
