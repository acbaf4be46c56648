package dev.latchkey.keyring;

import com.github.javakeyring.BackendNotSupportedException;
import com.github.javakeyring.Keyring;
import java.time.Duration;

/** Windows and macOS: the keyring is part of the system, and opens with the person's session. */
record NativeHost(KeyringBackend backend) implements Host {

  @Override
  public String look() {
    return "the system";
  }

  @Override
  public PlainKeyring open() throws BackendNotSupportedException {
    return PlainKeyring.open(backend, Keyring::close);
  }

  /** Windows has nothing to unlock; macOS asks on its own when it has to. */
  @Override
  public void unlock(String service, Duration limit) {}

  @Override
  public void close() {}
}
