package dev.latchkey.keyring;

import java.util.regex.Pattern;

/**
 * How entries are called. ASCII, since Windows has ANSI names. The key of a record is hashed: the
 * names of entries are no secret to other programs, and who is signed in should be.
 *
 * @param service the application
 * @param id the record: a hash, or {@code index}
 */
record Names(String service, String id) {

  private static final Pattern SERVICE =
      Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?");
  private static final int ID_LENGTH = 32;

  static Names ofKey(String service, String key) {
    return new Names(service, Packed.sha256(Content.key(key)).substring(0, ID_LENGTH));
  }

  static Names ofIndex(String service) {
    return new Names(service, "index");
  }

  /** No {@code |}, which would join with an account's name on Windows. */
  static String service(String service) {
    if (!SERVICE.matcher(service).matches()) {
      throw new IllegalArgumentException(
          "A keyring's service is 1 to 100 ASCII letters, digits, dots, hyphens and underscores,"
              + " such as com.example.app, unlike: "
              + service);
    }
    return service;
  }

  String head() {
    return "h." + id;
  }

  /** The head of the record that an entry is of. */
  static String headOf(String entry) {
    return "h." + entry.split("\\.", 3)[1];
  }

  String chunk(int slot, int number) {
    return "d." + id + "." + slot + "." + number;
  }
}
