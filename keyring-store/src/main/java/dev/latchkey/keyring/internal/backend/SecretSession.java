package dev.latchkey.keyring.internal.backend;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.keyring.internal.backend.SessionBus.Refused;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.freedesktop.dbus.ObjectPath;
import org.freedesktop.dbus.types.Variant;

/**
 * A session with a Secret Service, in which secrets are encrypted in transit: {@code
 * dh-ietf1024-sha256-aes128-cbc-pkcs7}, a Diffie-Hellman exchange, HKDF (RFC 5869) and AES. It
 * hides secrets from whoever records the bus, and is no protection from the service itself.
 *
 * @see <a href="https://specifications.freedesktop.org/secret-service-spec/latest/ch07s03.html">
 *     Secret Service API, Transfer of Secrets</a>
 */
final class SecretSession {

  private static final String ALGORITHM = "dh-ietf1024-sha256-aes128-cbc-pkcs7";
  private static final String CIPHER = "AES/CBC/PKCS5Padding"; // PKCS #7, by Java's name
  private static final String HMAC = "HmacSHA256";
  private static final int HASH_BYTES = 32;
  private static final int AES_BYTES = 16;

  /** RFC 2409 §6.2, Second Oakley Group. */
  private static final BigInteger PRIME =
      new BigInteger(
          "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74"
              + "020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F1437"
              + "4FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
              + "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE65381FFFFFFFFFFFFFFFF",
          16);

  private static final int PRIME_BYTES = 128;

  /** More than three times what the group is worth, about 80 bits; long ones only cost time. */
  private static final int EXPONENT_BITS = 512;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final ObjectPath path;
  private final byte[] key;

  private SecretSession(ObjectPath path, byte[] key) {
    this.path = path;
    this.key = key;
  }

  /** Opens a session, which ends with the connection. */
  static SecretSession open(SessionBus bus, String owner) throws Refused, GeneralSecurityException {
    BigInteger exponent = new BigInteger(EXPONENT_BITS, RANDOM);
    byte[] ours = bytes(BigInteger.TWO.modPow(exponent, PRIME));
    Object[] answer =
        bus.ask(
            owner,
            SecretService.PATH,
            SecretService.TYPE,
            "OpenSession",
            "sv",
            ALGORITHM,
            new Variant<>(ours));
    Object theirs = ((Variant<?>) answer[0]).getValue();
    BigInteger other = new BigInteger(1, EncryptedSecret.bytes(theirs));
    if (other.compareTo(BigInteger.ONE) <= 0
        || other.compareTo(PRIME.subtract(BigInteger.ONE)) >= 0) {
      throw new GeneralSecurityException("The keyring's key is out of range");
    }
    byte[] shared = bytes(other.modPow(exponent, PRIME));
    return new SecretSession(new ObjectPath("", String.valueOf(answer[1])), derive(shared));
  }

  /** With leading zeros, as libsecret and GNOME Keyring hash it. */
  private static byte[] bytes(BigInteger number) {
    byte[] signed = number.toByteArray();
    byte[] bytes = new byte[PRIME_BYTES];
    int length = Math.min(signed.length, PRIME_BYTES);
    System.arraycopy(signed, signed.length - length, bytes, PRIME_BYTES - length, length);
    return bytes;
  }

  /** RFC 5869 §2.2 and §2.3, without salt and info; one block is more than enough. */
  private static byte[] derive(byte[] shared) throws GeneralSecurityException {
    Mac mac = Mac.getInstance(HMAC);
    mac.init(new SecretKeySpec(new byte[HASH_BYTES], HMAC));
    byte[] extracted = mac.doFinal(shared);
    mac.init(new SecretKeySpec(extracted, HMAC));
    return Arrays.copyOf(mac.doFinal(new byte[] {1}), AES_BYTES);
  }

  ObjectPath path() {
    return path;
  }

  EncryptedSecret encrypt(String text) throws GeneralSecurityException {
    byte[] vector = new byte[AES_BYTES];
    RANDOM.nextBytes(vector);
    return new EncryptedSecret(
        path, vector, cipher(Cipher.ENCRYPT_MODE, vector).doFinal(text.getBytes(UTF_8)));
  }

  String decrypt(EncryptedSecret secret) throws GeneralSecurityException {
    return new String(
        cipher(Cipher.DECRYPT_MODE, secret.vector()).doFinal(secret.ciphertext()), UTF_8);
  }

  private Cipher cipher(int mode, byte[] vector) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(vector));
    return cipher;
  }

  /** Forgets the key. */
  void close() {
    Arrays.fill(key, (byte) 0);
  }
}
