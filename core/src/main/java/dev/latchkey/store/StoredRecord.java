package dev.latchkey.store;

/**
 * A record as the store holds it. The content is secret and stays out of {@link #toString()}.
 *
 * @param content the text that was written
 * @param version which write it was; opaque
 */
public record StoredRecord(String content, String version) {
  @Override
  public String toString() {
    return "StoredRecord[version=" + version + ", content=redacted]";
  }
}
