package dev.latchkey.keyring.internal.backend;

import java.util.List;
import org.freedesktop.dbus.ObjectPath;

/**
 * A secret as it travels on the bus.
 *
 * @param session of the encryption
 * @param parameters the initialization vector
 * @param value the ciphertext
 */
record EncryptedSecret(ObjectPath session, byte[] parameters, byte[] value) {

  private static final String TYPE = "text/plain; charset=utf-8"; // java-keyring's

  static EncryptedSecret of(Object[] struct) {
    return new EncryptedSecret((ObjectPath) struct[0], bytes(struct[1]), bytes(struct[2]));
  }

  Object[] struct() {
    return new Object[] {session, parameters, value, TYPE};
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
    return "EncryptedSecret[" + value.length + " bytes]";
  }
}
