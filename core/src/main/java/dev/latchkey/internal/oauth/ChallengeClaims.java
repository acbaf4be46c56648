package dev.latchkey.internal.oauth;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Decodes the {@code claims} parameter of a challenge, which is JSON in Base64 or plain JSON. */
public final class ChallengeClaims {

  /**
   * The longest text. It travels on to the token endpoint; the challenges that Microsoft documents
   * have fewer than 200 characters.
   */
  private static final int MAX_LENGTH = 8192;

  private ChallengeClaims() {}

  /**
   * Decodes a parameter's value.
   *
   * @param value Base64, padded or not, with the standard or the URL-safe alphabet; or the text
   *     itself, if it starts with a brace: only quoted-pairs can bring JSON into a challenge
   * @return the text, which need not be JSON; null if the value is not Base64 of UTF-8, or too long
   */
  public static @Nullable String decode(String value) {
    if (value.length() > (MAX_LENGTH + 2) / 3 * 4) {
      return null;
    }
    String text = value.startsWith("{") ? value : decodeBase64(value);
    return text == null || text.length() > MAX_LENGTH ? null : text;
  }

  private static @Nullable String decodeBase64(String base64) {
    boolean urlSafe = base64.indexOf('-') >= 0 || base64.indexOf('_') >= 0;
    Base64.Decoder decoder = urlSafe ? Base64.getUrlDecoder() : Base64.getDecoder();
    try {
      // A new decoder reports what is not UTF-8, where new String would put U+FFFD.
      ByteBuffer utf8 = ByteBuffer.wrap(decoder.decode(base64));
      String text = StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return null;
    }
  }
}
