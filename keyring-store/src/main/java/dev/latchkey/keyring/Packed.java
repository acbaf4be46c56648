package dev.latchkey.keyring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Any text as ASCII, and back. Deflated first: a token is base64 already, and would grow by a third
 * if it were encoded once more; so it does not, and a record of JSON gets smaller.
 */
final class Packed {

  private static final int MOST_BYTES = 4 * Content.LONGEST;
  private static final int BUFFER = 8192;

  /** Deflate's own tables, one for each block. */
  private static final int BLOCK = 256;

  private Packed() {}

  static String pack(String content) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try {
      deflater.setInput(content.getBytes(UTF_8));
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[BUFFER];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return Base64.getUrlEncoder().withoutPadding().encodeToString(out.toByteArray());
    } finally {
      deflater.end();
    }
  }

  /** How long the longest ASCII text of a length may become: 7 bits a character, in 6 bits each. */
  static int most(int length) {
    return length + length / 6 + length / BLOCK + BLOCK;
  }

  /**
   * The text again.
   *
   * @throws DataFormatException if it was never packed
   */
  static String unpack(String packed) throws DataFormatException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(Base64.getUrlDecoder().decode(packed));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[BUFFER];
      while (!inflater.finished()) {
        int length = inflater.inflate(buffer);
        out.write(buffer, 0, length);
        if ((length == 0 && !inflater.finished()) || out.size() > MOST_BYTES) {
          throw new DataFormatException("cut off, or too long");
        }
      }
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(out.toByteArray())).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw new DataFormatException("not a packed text");
    } finally {
      inflater.end();
    }
  }

  static String sha256(String ascii) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(ascii.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no SHA-256.", e);
    }
  }
}
