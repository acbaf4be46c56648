package dev.latchkey.graph.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What a request carries, opened anew for each attempt. */
public final class Content {

  /** Opens the bytes from the first on; each attempt closes what it opened. */
  @FunctionalInterface
  public interface Source {
    /** Opens them. */
    InputStream open() throws IOException;
  }

  private final String type;
  private final long length;
  private final Source source;

  /**
   * Creates one.
   *
   * @param type the media type
   * @param length in bytes, exactly
   * @param source opens the bytes
   */
  public Content(String type, long length, Source source) {
    this.type = type;
    this.length = length;
    this.source = source;
  }

  /** A JSON object. */
  public static Content json(JsonObject json) {
    return bytes("application/json", json.toString().getBytes(UTF_8));
  }

  /** Bytes in memory. */
  public static Content bytes(String type, byte[] bytes) {
    return new Content(type, bytes.length, () -> new ByteArrayInputStream(bytes));
  }

  /** The media type. */
  public String type() {
    return type;
  }

  /** In bytes, exactly. */
  public long length() {
    return length;
  }

  /** Opens the bytes. */
  public Source source() {
    return source;
  }
}
