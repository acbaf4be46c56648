package dev.latchkey.keyring.internal.record;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.store.RecordLimits;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Encodes any text as ASCII: deflated, then base64url. A token is base64 already and would grow by
 * a third if it were encoded again; deflated first it keeps its length, and JSON shrinks.
 */
public final class ContentCodec {

  private static final int MAX_BYTES = 4 * RecordLimits.MAX_CONTENT_LENGTH;
  private static final int BUFFER = 8192;

  /** Deflate adds its own tables once for each block of this length. */
  private static final int BLOCK = 256;

  private ContentCodec() {}

  public static String encode(String content) {
    return encode(content, "");
  }

  /**
   * Encodes a text and, behind it, the key of its record: entries have hashes for names, and
   * without the index nothing else would tell whose they are.
   */
  static String encode(String content, String key) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try {
      deflater.setInput(content.getBytes(UTF_8));
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[BUFFER];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      out.writeBytes(key.getBytes(US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(out.toByteArray());
    } finally {
      deflater.end();
    }
  }

  /** The most that ASCII text of a length may take: 7 bits a character, at 6 bits each. */
  public static int maxLength(int length) {
    return length + length / 6 + length / BLOCK + BLOCK; // a key takes less than the last BLOCK
  }

  /**
   * Restores the text.
   *
   * @throws DataFormatException if this was not made by {@link #encode}
   */
  static String decode(String text) throws DataFormatException {
    return inflate(text).text();
  }

  /**
   * Restores the key of the record; empty if an earlier version wrote it.
   *
   * @throws DataFormatException if this was not made by {@link #encode}
   */
  static String key(String text) throws DataFormatException {
    return inflate(text).key();
  }

  private record Inflated(String text, String key) {}

  private static Inflated inflate(String text) throws DataFormatException {
    Inflater inflater = new Inflater(true);
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      inflater.setInput(bytes);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[BUFFER];
      while (!inflater.finished()) {
        int length = inflater.inflate(buffer);
        out.write(buffer, 0, length);
        if ((length == 0 && !inflater.finished()) || out.size() > MAX_BYTES) {
          throw new DataFormatException("truncated or too long");
        }
      }
      int left = inflater.getRemaining();
      return new Inflated(
          UTF_8.newDecoder().decode(ByteBuffer.wrap(out.toByteArray())).toString(),
          new String(bytes, bytes.length - left, left, US_ASCII));
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw new DataFormatException("not an encoded text");
    } finally {
      inflater.end();
    }
  }
}
