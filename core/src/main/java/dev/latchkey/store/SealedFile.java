package dev.latchkey.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.internal.file.FileFailures;
import dev.latchkey.internal.text.SafeCause;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The file of one record, sealed with AES-256-GCM.
 *
 * <pre>
 *  0  "latchkey"     8 bytes
 *  8  format         1 byte: 1
 *  9  CRC-32         4 bytes: of all the other bytes; not for secrecy, but to distinguish damage
 *                    from another key or a newer format. These three are the same in every format.
 * 13  fingerprint    8 bytes: of the key
 * 21  nonce         12 bytes: random, fresh for every write, and therefore also the version
 * 33  sealed content and its 16-byte tag; authenticated with it: the record's key and bytes 0-8, 13-20
 * </pre>
 */
final class SealedFile {

  /** Far more than the longest content; a longer file is not a record. */
  static final int MAX_FILE_LENGTH = 1 << 20;

  private static final int KEY_BYTES = 32;

  private static final byte[] MAGIC = "latchkey".getBytes(US_ASCII);
  private static final int FORMAT = 1;
  private static final int FORMAT_AT = 8;
  private static final int CRC_AT = 9;
  private static final int CRC_BYTES = 4;
  private static final int FINGERPRINT_AT = 13;
  private static final int FINGERPRINT_BYTES = 8;
  private static final int NONCE_AT = 21;
  private static final int NONCE_BYTES = 12;
  private static final int SEALED_AT = 33;
  private static final int TAG_BYTES = 16;

  /** Of one {@code char}; a pair of surrogates takes four. */
  private static final int MAX_UTF_8_BYTES = 3;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKey key;
  private final byte[] fingerprint;

  SealedFile(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException(
          "The key of an encrypted file store has 32 bytes, not " + key.length + ".");
    }
    this.key = new SecretKeySpec(key, "AES");
    this.fingerprint = fingerprint(this.key);
  }

  /** The length of the longest file that a content of so many characters needs. */
  static int maxLength(int characters) {
    return SEALED_AT + MAX_UTF_8_BYTES * characters + TAG_BYTES;
  }

  byte[] seal(String recordKey, String content) {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    byte[] plain = content.getBytes(UTF_8);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, recordKey).doFinal(plain);
      byte[] file =
          ByteBuffer.allocate(SEALED_AT + sealed.length)
              .put(MAGIC)
              .put((byte) FORMAT)
              .putInt(0)
              .put(fingerprint)
              .put(nonce)
              .put(sealed)
              .array();
      ByteBuffer.wrap(file).putInt(CRC_AT, crc(file));
      return file;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no AES-256-GCM.", SafeCause.of(e));
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /** The version of an intact file. */
  static String version(byte[] file) {
    return HexFormat.of().formatHex(file, NONCE_AT, NONCE_AT + NONCE_BYTES);
  }

  /** Decrypts a record; each way in which the bytes are not one has its own failure. */
  StoredRecord open(String recordKey, byte[] file, Path from) {
    checkIntact(file, from);
    checkKey(file, from);
    if (file.length < SEALED_AT + TAG_BYTES) {
      throw FileFailures.damaged(from, "it is too short");
    }
    byte[] nonce = Arrays.copyOfRange(file, NONCE_AT, NONCE_AT + NONCE_BYTES);
    try {
      byte[] plain =
          cipher(Cipher.DECRYPT_MODE, nonce, recordKey)
              .doFinal(file, SEALED_AT, file.length - SEALED_AT);
      try {
        return new StoredRecord(new String(plain, UTF_8), version(file));
      } finally {
        Arrays.fill(plain, (byte) 0);
      }
    } catch (AEADBadTagException e) {
      throw FileFailures.damaged(from, "it was changed, or renamed from another record");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no AES-256-GCM.", SafeCause.of(e));
    }
  }

  private void checkKey(byte[] file, Path from) {
    ByteBuffer found = ByteBuffer.wrap(file, FINGERPRINT_AT, FINGERPRINT_BYTES);
    if (!found.equals(ByteBuffer.wrap(fingerprint))) {
      throw FileFailures.wrongKey(from);
    }
  }

  private static void checkIntact(byte[] file, Path from) {
    if (file.length >= MAX_FILE_LENGTH) {
      throw FileFailures.damaged(from, "it is longer than any record");
    }
    if (file.length < NONCE_AT) {
      throw FileFailures.damaged(from, "it is too short");
    }
    if (!Arrays.equals(MAGIC, 0, MAGIC.length, file, 0, MAGIC.length)) {
      throw FileFailures.damaged(from, "it is not a record of Latchkey");
    }
    if (ByteBuffer.wrap(file).getInt(CRC_AT) != crc(file)) {
      throw FileFailures.damaged(from, "its checksum is wrong");
    }
    int format = Byte.toUnsignedInt(file[FORMAT_AT]);
    if (format > FORMAT) {
      throw FileFailures.newer(from, format);
    }
    if (format < FORMAT) {
      throw FileFailures.damaged(from, "its format is unknown");
    }
  }

  private static int crc(byte[] file) {
    CRC32 crc = new CRC32();
    crc.update(file, 0, CRC_AT);
    crc.update(file, CRC_AT + CRC_BYTES, file.length - CRC_AT - CRC_BYTES);
    return (int) crc.getValue();
  }

  private Cipher cipher(int mode, byte[] nonce, String recordKey) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(Byte.SIZE * TAG_BYTES, nonce));
    cipher.updateAAD(MAGIC);
    cipher.updateAAD(new byte[] {FORMAT});
    cipher.updateAAD(fingerprint);
    cipher.updateAAD(recordKey.getBytes(US_ASCII));
    return cipher;
  }

  private static byte[] fingerprint(SecretKey key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      byte[] code = mac.doFinal("latchkey file store: fingerprint of the key".getBytes(US_ASCII));
      return Arrays.copyOf(code, FINGERPRINT_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no HmacSHA256.", SafeCause.of(e));
    }
  }
}
