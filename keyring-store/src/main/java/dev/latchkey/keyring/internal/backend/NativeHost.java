package dev.latchkey.keyring.internal.backend;

import com.github.javakeyring.BackendNotSupportedException;
import com.github.javakeyring.Keyring;
import dev.latchkey.keyring.KeyringBackend;
import java.nio.file.Path;
import java.time.Duration;

/** Windows and macOS: the keyring is part of the system, and opens with the person's session. */
public record NativeHost(KeyringBackend backend) implements KeyringHost {

  @Override
  public String probe(String service) {
    return "the system";
  }

  /** Windows has no lock, and a mac's keychain is not checked. */
  @Override
  public boolean isLocked(String service) {
    return false;
  }

  @Override
  public OpenKeyring open() throws BackendNotSupportedException {
    if (backend != KeyringBackend.MACOS_KEYCHAIN) {
      return OpenKeyring.open(backend, Keyring::close);
    }
    return UnpackedLibrary.removedAfter(
        Path.of(System.getProperty("java.io.tmpdir", "")),
        () -> OpenKeyring.open(backend, Keyring::close));
  }

  /** Windows has nothing to unlock; macOS asks on its own when it has to. */
  @Override
  public void unlock(String service, Duration limit) {}

  @Override
  public void close() {}
}
