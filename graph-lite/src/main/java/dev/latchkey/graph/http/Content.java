package dev.latchkey.graph.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What a request carries, opened anew for each attempt.
 *
 * @param type the media type
 * @param length in bytes, exactly
 * @param source opens the bytes
 */
public record Content(String type, long length, Source source) {

  /** Opens the bytes from the first on; each attempt closes what it opened. */
  @FunctionalInterface
  public interface Source {
    /** Opens them. */
    InputStream open() throws IOException;
  }

  /** A JSON object. */
  public static Content json(JsonObject json) {
    return bytes("application/json", json.toString().getBytes(UTF_8));
  }

  /** Bytes in memory. */
  public static Content bytes(String type, byte[] bytes) {
    return new Content(type, bytes.length, () -> new ByteArrayInputStream(bytes));
  }
}
