package dev.latchkey.internal.oauth;

import dev.latchkey.internal.json.Json;
import dev.latchkey.internal.json.MalformedJson;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Decodes the {@code claims} parameter of a challenge: JSON in Base64, or as it is. */
public final class ChallengeClaims {

  /**
   * They go on in a request to the token endpoint; the ones that Microsoft documents are below 200.
   */
  private static final int LENGTH = 8192;

  private ChallengeClaims() {}

  /**
   * The JSON text of a parameter's value.
   *
   * @param value Base64, padded or not, with the URL-safe alphabet or the other; or the JSON
   *     itself, which only quoted-pairs could bring here
   * @return the text of one strict JSON object; null if the value holds anything else, or too much
   */
  public static @Nullable String decode(String value) {
    if (value.length() > (LENGTH + 2) / 3 * 4) {
      return null;
    }
    String json = value.startsWith("{") ? value : decoded(value);
    if (json == null || json.length() > LENGTH) {
      return null;
    }
    try {
      Json.object(json);
      return json;
    } catch (MalformedJson e) {
      return null;
    }
  }

  private static @Nullable String decoded(String base64) {
    boolean urlSafe = base64.indexOf('-') >= 0 || base64.indexOf('_') >= 0;
    Base64.Decoder decoder = urlSafe ? Base64.getUrlDecoder() : Base64.getDecoder();
    try {
      // A new decoder reports what is not UTF-8, where new String would put U+FFFD.
      ByteBuffer utf8 = ByteBuffer.wrap(decoder.decode(base64));
      String json = StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
      return json.startsWith("\uFEFF") ? json.substring(1) : json;
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return null;
    }
  }
}
