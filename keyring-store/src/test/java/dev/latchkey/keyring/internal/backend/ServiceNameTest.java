package dev.latchkey.keyring.internal.backend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names that people know, by the programs that answer. */
class ServiceNameTest {

  @ParameterizedTest
  @CsvSource({
    "/usr/bin/gnome-keyring-daemon, GNOME Keyring",
    "/usr/bin/kwalletd5, KWallet",
    "kwalletd6, KWallet",
    "/usr/bin/ksecretd, KWallet",
    "/usr/bin/keepassxc, KeePassXC",
    "/tmp/.mount_KeePaQz/usr/bin/keepassxc, KeePassXC",
    "/nix/store/x/bin/.keepassxc-wrapped, KeePassXC",
    "/usr/bin/oo7-daemon, Secret Service (oo7-daemon)",
    "/usr/bin/a b, Secret Service"
  })
  void serviceIsNamedAfterItsProgram(String program, String name) {
    assertThat(ServiceName.ofProgram(program)).isEqualTo(name);
  }
}
