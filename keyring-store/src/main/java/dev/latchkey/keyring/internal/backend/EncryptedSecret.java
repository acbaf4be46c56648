package dev.latchkey.keyring.internal.backend;

import java.util.List;
import org.freedesktop.dbus.ObjectPath;

/** A secret as it travels on the bus. */
final class EncryptedSecret {

  private static final String TYPE = "text/plain; charset=utf-8"; // java-keyring's

  private final ObjectPath session;
  private final byte[] vector;
  private final byte[] ciphertext;

  /**
   * A secret.
   *
   * @param session of the encryption
   * @param vector the initialization vector
   */
  EncryptedSecret(ObjectPath session, byte[] vector, byte[] ciphertext) {
    this.session = session;
    this.vector = vector;
    this.ciphertext = ciphertext;
  }

  /** From the struct of the Secret Service API: session, parameters, value, type. */
  static EncryptedSecret of(Object[] struct) {
    return new EncryptedSecret((ObjectPath) struct[0], bytes(struct[1]), bytes(struct[2]));
  }

  Object[] struct() {
    return new Object[] {session, vector, ciphertext, TYPE};
  }

  byte[] vector() {
    return vector;
  }

  byte[] ciphertext() {
    return ciphertext;
  }

  /** dbus-java returns an array of bytes as such or as a list, depending on its place. */
  static byte[] bytes(Object array) {
    if (array instanceof byte[] bytes) {
      return bytes;
    }
    List<?> list = (List<?>) array;
    byte[] bytes = new byte[list.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (Byte) list.get(i);
    }
    return bytes;
  }

  @Override
  public String toString() {
    return "EncryptedSecret[" + ciphertext.length + " bytes]";
  }
}
