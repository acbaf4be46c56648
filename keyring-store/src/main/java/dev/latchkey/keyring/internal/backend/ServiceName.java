package dev.latchkey.keyring.internal.backend;

import dev.latchkey.keyring.internal.backend.SessionBus.Refused;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.freedesktop.dbus.types.UInt32;

/** Which program a connection on the session bus belongs to, in the name that people know. */
final class ServiceName {

  static final String KEEPASSXC = "KeePassXC";
  static final String KWALLET = "KWallet";
  private static final String GNOME_KEYRING = "GNOME Keyring";

  /** Of a program that is not known and whose process cannot be seen, as in a sandbox. */
  static final String UNKNOWN = "Secret Service";

  /**
   * Names on the bus that only one program takes. They come first: where a process cannot be seen,
   * as behind xdg-dbus-proxy, the number may be that of another one.
   */
  private static final Map<String, String> WELL_KNOWN = new LinkedHashMap<>();

  static {
    WELL_KNOWN.put("org.gnome.keyring", GNOME_KEYRING);
    WELL_KNOWN.put("org.kde.kwalletd5", KWALLET);
    WELL_KNOWN.put("org.kde.kwalletd6", KWALLET);
    WELL_KNOWN.put("org.keepassxc.KeePassXC.MainWindow", KEEPASSXC);
  }

  private ServiceName() {}

  static String of(SessionBus bus, String owner) {
    for (Map.Entry<String, String> known : WELL_KNOWN.entrySet()) {
      if (owner.equals(bus.owner(known.getKey()))) {
        return known.getValue();
      }
    }
    return program(bus, owner).map(ServiceName::ofProgram).orElse(UNKNOWN);
  }

  static String ofProgram(String path) {
    String file = path.substring(path.lastIndexOf('/') + 1);
    String name = file.toLowerCase(Locale.ROOT);
    if (name.startsWith("gnome-keyring")) {
      return GNOME_KEYRING;
    }
    if (name.startsWith("kwalletd") || name.startsWith("ksecretd")) {
      return KWALLET;
    }
    if (name.contains("keepassxc")) { // NixOS calls it .keepassxc-wrapped
      return KEEPASSXC;
    }
    return file.matches("[A-Za-z0-9._-]{1,40}") ? UNKNOWN + " (" + file + ")" : UNKNOWN;
  }

  /** The executable, or the first word of the command line where only that may be read. */
  private static Optional<String> program(SessionBus bus, String owner) {
    try {
      Object pid =
          bus.ask(
                  SessionBus.BUS,
                  SessionBus.BUS_PATH,
                  SessionBus.BUS,
                  "GetConnectionUnixProcessID",
                  "s",
                  owner)[0];
      long id = pid instanceof UInt32 number ? number.longValue() : -1;
      return ProcessHandle.of(id)
          .map(ProcessHandle::info)
          .flatMap(info -> info.command().or(() -> info.commandLine().map(ServiceName::firstWord)));
    } catch (Refused unknown) {
      return Optional.empty();
    }
  }

  private static String firstWord(String line) {
    return line.split(" ", 2)[0];
  }
}
