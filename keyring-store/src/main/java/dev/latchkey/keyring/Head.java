package dev.latchkey.keyring;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The entry that makes a record valid: written last, it says where the chunks are and what they
 * must give. No secret.
 *
 * @param version of this write, random, so that it never comes again
 * @param slot 0 or 1
 * @param chunks how many
 * @param length of all chunks together
 * @param sha256 of all chunks together
 */
record Head(String version, int slot, int chunks, int length, String sha256) {

  private static final String FORMAT = "1";
  private static final Pattern ANY = Pattern.compile("latchkey ([0-9]{1,9})( .*)?");
  private static final Pattern TEXT =
      Pattern.compile(
          "latchkey 1 ([A-Za-z0-9_-]{20}) ([01]) ([0-9]{1,6}) ([0-9]{1,8}) ([0-9a-f]{64})");
  private static final int VERSION_BYTES = 15;
  private static final SecureRandom RANDOM = new SecureRandom();

  static Head of(int slot, String packed) {
    byte[] version = new byte[VERSION_BYTES];
    RANDOM.nextBytes(version);
    return new Head(
        Base64.getUrlEncoder().encodeToString(version),
        slot,
        chunksOf(packed.length()),
        packed.length(),
        Packed.sha256(packed));
  }

  static int chunksOf(int length) {
    return (length + Secrets.LONGEST - 1) / Secrets.LONGEST;
  }

  static Head parse(String text, Names names) {
    Matcher any = ANY.matcher(text);
    if (!any.matches()) {
      throw Failures.damaged(names.service(), names.head(), "it is not of Latchkey");
    }
    if (!any.group(1).equals(FORMAT)) {
      throw Failures.newer(names.service(), names.head(), any.group(1));
    }
    Matcher head = TEXT.matcher(text);
    if (!head.matches()) {
      throw Failures.damaged(names.service(), names.head(), "it cannot be read");
    }
    int length = Integer.parseInt(head.group(4));
    int chunks = Integer.parseInt(head.group(3));
    if (chunks == 0 || chunks != chunksOf(length)) {
      throw Failures.damaged(names.service(), names.head(), "it contradicts itself");
    }
    return new Head(head.group(1), Integer.parseInt(head.group(2)), chunks, length, head.group(5));
  }

  String text() {
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

  boolean fits(String packed) {
    return packed.length() == length && Packed.sha256(packed).equals(sha256);
  }
}
