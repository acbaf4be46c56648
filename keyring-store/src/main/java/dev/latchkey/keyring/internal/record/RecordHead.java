package dev.latchkey.keyring.internal.record;

import dev.latchkey.internal.text.Sha256;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The entry that makes a record valid. Written last, it says where the chunks are and what they
 * must contain. Holds no secret.
 *
 * @param version of this write: random, so that it never recurs
 * @param slot 0 or 1
 * @param chunks how many there are
 * @param length of all chunks together, in characters
 * @param sha256 of all chunks together
 */
public record RecordHead(String version, int slot, int chunks, int length, String sha256) {

  private static final String FORMAT = "1";
  private static final Pattern ANY = Pattern.compile("latchkey ([0-9]{1,9})( .*)?");
  private static final Pattern TEXT =
      Pattern.compile(
          "latchkey 1 ([A-Za-z0-9_-]{20}) ([01]) ([0-9]{1,6}) ([0-9]{1,8}) ([0-9a-f]{64})");
  private static final int VERSION_BYTES = 15;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** The head of a text in chunks of that length, except the last. */
  static RecordHead of(int slot, String text, int chunkLength) {
    byte[] version = new byte[VERSION_BYTES];
    RANDOM.nextBytes(version);
    return new RecordHead(
        Base64.getUrlEncoder().encodeToString(version),
        slot,
        chunksFor(text.length(), chunkLength),
        text.length(),
        Sha256.hex(text));
  }

  private static int chunksFor(int length, int chunkLength) {
    return (length - 1) / chunkLength + 1;
  }

  static RecordHead parse(String entry, EntryNames names) {
    Matcher any = ANY.matcher(entry);
    if (!any.matches()) {
      throw RecordFailures.damaged(names, "Latchkey did not write it");
    }
    if (!any.group(1).equals(FORMAT)) {
      throw RecordFailures.newer(names, any.group(1));
    }
    Matcher head = TEXT.matcher(entry);
    if (!head.matches()) {
      throw RecordFailures.damaged(names, "it cannot be parsed");
    }
    int length = Integer.parseInt(head.group(4));
    int chunks = Integer.parseInt(head.group(3));
    if (chunks == 0 || chunks > chunksFor(length, KeyringEntries.MAX_LENGTH)) {
      throw RecordFailures.damaged(names, "it contradicts itself");
    }
    return new RecordHead(
        head.group(1), Integer.parseInt(head.group(2)), chunks, length, head.group(5));
  }

  String entry() {
    return String.join(
        " ",
        "latchkey",
        FORMAT,
        version,
        Integer.toString(slot),
        Integer.toString(chunks),
        Integer.toString(length),
        sha256);
  }

  boolean matches(String text) {
    return text.length() == length && Sha256.hex(text).equals(sha256);
  }
}
