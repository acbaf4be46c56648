package dev.latchkey.keyring.internal.backend;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where the session bus may listen.
 *
 * @param address as the D-Bus Specification writes one
 * @param path of its socket; null if it is none in the file system
 * @param named whether the environment names it, and not only the directory that it is usually in
 * @see <a href="https://dbus.freedesktop.org/doc/dbus-specification.html#addresses">D-Bus
 *     Specification, Server Addresses</a>
 */
record BusPlace(String address, @Nullable Path path, boolean named) {

  static final String VARIABLE = "DBUS_SESSION_BUS_ADDRESS";
  private static final String RUNTIME = "XDG_RUNTIME_DIR";
  private static final String PATH_KEY = "path=";

  /**
   * All places in the order in which to try them: those of the variable. Only if it is not set or
   * empty, {@code bus} in the runtime directory, where libdbus, GLib and systemd look then, too:
   * whoever names a bus that is gone does not want the person's own. Without the variable of that
   * directory it is {@code /run/user/UID}, as for zbus and godbus.
   *
   * @param properties as dbus-java, a system property replaces the environment
   * @param uid this user's; null if it is not known
   */
  static List<BusPlace> all(
      UnaryOperator<@Nullable String> properties,
      UnaryOperator<@Nullable String> variables,
      @Nullable Integer uid) {
    String property = properties.apply(VARIABLE);
    String addresses = property != null ? property : variables.apply(VARIABLE);
    List<BusPlace> all = new ArrayList<>();
    for (String address : addresses == null ? new String[0] : addresses.split(";", -1)) {
      if (isNone(address.strip())) {
        return List.of();
      }
      if (!address.isBlank()) {
        all.add(of(address.strip()));
      }
    }
    boolean named = property != null || (addresses != null && !addresses.isBlank());
    Path usual = named ? null : usual(variables.apply(RUNTIME), uid);
    if (usual != null) {
      all.add(new BusPlace("unix:path=" + usual, usual, false));
    }
    return List.copyOf(all);
  }

  /** GLib's way of saying that there is to be no bus, and a common one. */
  private static boolean isNone(String address) {
    return address.startsWith("disabled:") || address.endsWith("/dev/null");
  }

  private static @Nullable Path usual(@Nullable String runtime, @Nullable Integer uid) {
    if (runtime != null && runtime.startsWith("/")) {
      return Path.of(runtime, "bus");
    }
    return uid == null ? null : Path.of("/run/user", uid.toString(), "bus");
  }

  private static BusPlace of(String address) {
    Path path = null;
    if (transport(address).equals("unix")) {
      for (String pair : address.substring("unix:".length()).split(",", -1)) {
        if (pair.startsWith(PATH_KEY + "/")) {
          path = Path.of(unescaped(pair.substring(PATH_KEY.length())));
        }
      }
    }
    return new BusPlace(address, path, true);
  }

  /** Undoes the escapes of the specification: a percent sign and two hexadecimal digits a byte. */
  private static String unescaped(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[bytes.length];
    int length = 0;
    for (int i = 0; i < bytes.length; i++) {
      int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
      out[length++] = low < 0 ? bytes[i] : (byte) (high << 4 | low);
      i += low < 0 ? 0 : 2;
    }
    return new String(out, 0, length, StandardCharsets.UTF_8);
  }

  private static String transport(String address) {
    return address.substring(0, Math.max(0, address.indexOf(':'))).toLowerCase(Locale.ROOT);
  }

  /** {@code unix}, {@code tcp} and so on; empty if the address has none. */
  String transport() {
    return transport(address);
  }

  /** A socket without a file, which Java cannot open (JDK-8231358). */
  boolean isAbstract() {
    return transport().equals("unix") && address.contains("abstract=");
  }

  /** For messages. */
  @Override
  public String toString() {
    return path != null ? path.toString() : address;
  }
}
