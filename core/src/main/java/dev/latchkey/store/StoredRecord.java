package dev.latchkey.store;

/**
 * A record as the store holds it. The content is secret; {@link #toString()} leaves it out.
 *
 * @param content the text that was written
 * @param version identifies the write; opaque
 * @see TokenStore
 */
public record StoredRecord(String content, String version) {
  @Override
  public String toString() {
    return "StoredRecord[version=" + version + ", content=redacted]";
  }
}
