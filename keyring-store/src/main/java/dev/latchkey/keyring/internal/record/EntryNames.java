package dev.latchkey.keyring.internal.record;

import dev.latchkey.internal.text.Sha256;
import dev.latchkey.store.RecordLimits;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names of a record's entries. ASCII, since Windows takes ANSI names. The record's key is
 * hashed: other programs can see the names of entries, but not who is signed in.
 *
 * @param service the application
 * @param id the record: a hash, or {@code index}
 */
public record EntryNames(String service, String id) {

  private static final Pattern SERVICE =
      Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?");
  private static final int ID_LENGTH = 32;
  private static final String INDEX = "index";
  private static final Pattern ENTRY =
      Pattern.compile("(?:h|d)\\.([0-9a-f]{32}|index)(?:\\.[01]\\.[0-9]+)?");

  public static EntryNames ofKey(String service, String key) {
    return new EntryNames(service, Sha256.hex(RecordLimits.checkKey(key)).substring(0, ID_LENGTH));
  }

  public static EntryNames ofIndex(String service) {
    return new EntryNames(service, INDEX);
  }

  /** The record to which an entry belongs; null if the name is none of ours. */
  static @Nullable String idOf(String entry) {
    Matcher name = ENTRY.matcher(entry);
    return name.matches() ? name.group(1) : null;
  }

  /**
   * The names of the record with a head of this name.
   *
   * @throws IllegalArgumentException if no head has such a name
   */
  public static EntryNames ofHead(String service, String head) {
    String id = head.startsWith("h.") ? idOf(head) : null;
    if (id == null || id.equals(INDEX)) {
      throw new IllegalArgumentException("No record has a head " + head);
    }
    return new EntryNames(service, id);
  }

  /** Whether these are the names of a key's record. */
  public boolean isOf(String key) {
    return RecordLimits.isKey(key) && ofKey(service, key).equals(this);
  }

  /** Whether this is the index. */
  public boolean isIndex() {
    return id.equals(INDEX);
  }

  /** Without {@code |}: on Windows it separates the service from the account. */
  public static String checkService(String service) {
    if (!SERVICE.matcher(service).matches()) {
      throw new IllegalArgumentException(
          "A keyring's service is 1 to 100 ASCII letters, digits, dots, hyphens and underscores,"
              + " such as com.example.app, unlike: "
              + service);
    }
    return service;
  }

  public String head() {
    return "h." + id;
  }

  /** The name of the head of the record to which an entry belongs. */
  static String headOf(String entry) {
    return "h." + entry.split("\\.", 3)[1];
  }

  public String chunk(int slot, int number) {
    return "d." + id + "." + slot + "." + number;
  }
}
