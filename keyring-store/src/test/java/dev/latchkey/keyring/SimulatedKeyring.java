package dev.latchkey.keyring;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import com.github.javakeyring.PasswordAccessException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Windows and macOS as java-keyring 1.0.4 shows them: their limits, their names, their error texts;
 * read from its sources, since neither runs here.
 */
final class SimulatedKeyring implements Host {

  private static final int WINDOWS_BYTES = 2560;
  private static final int MAC_CHARACTERS = 50_000;

  private final KeyringBackend backend;
  private final Map<String, String> entries;

  SimulatedKeyring(KeyringBackend backend) {
    this(backend, new ConcurrentHashMap<>());
  }

  /** Over entries that others see, too. */
  SimulatedKeyring(KeyringBackend backend, Map<String, String> entries) {
    this.backend = backend;
    this.entries = entries;
  }

  Map<String, String> entries() {
    return entries;
  }

  @Override
  public KeyringBackend backend() {
    return backend;
  }

  @Override
  public String look() {
    return "simulated";
  }

  @Override
  public PlainKeyring open() {
    return backend == KeyringBackend.WINDOWS_CREDENTIAL_MANAGER ? new Windows() : new Mac();
  }

  @Override
  public void unlock(String service, Duration limit) {}

  @Override
  public void close() {}

  /** CredWriteA and its siblings, by way of WinCredentialStoreBackend. */
  private final class Windows implements PlainKeyring {

    private String target(String service, String account) throws PasswordAccessException {
      String target = service + '|' + account;
      if (!US_ASCII.newEncoder().canEncode(target)) {
        throw new PasswordAccessException("Error code 87");
      }
      return target;
    }

    @Override
    public String getPassword(String service, String account) throws PasswordAccessException {
      String password = entries.get(target(service, account));
      if (password == null) {
        throw new PasswordAccessException("Error code 1168");
      }
      return password;
    }

    @Override
    public void setPassword(String service, String account, String password)
        throws PasswordAccessException {
      int length = password.getBytes(UTF_16LE).length;
      if (length == 0) { // of JNA's Memory
        throw new IllegalArgumentException("Allocation size must be greater than zero");
      }
      if (length > WINDOWS_BYTES) {
        throw new PasswordAccessException("Error code 1783");
      }
      entries.put(target(service, account), password);
    }

    @Override
    public void deletePassword(String service, String account) throws PasswordAccessException {
      if (entries.remove(target(service, account)) == null) {
        throw new PasswordAccessException("Error code 1168");
      }
    }

    @Override
    public void close() {}
  }

  /** The keychain, by way of ModernOsxKeychainBackend. */
  private final class Mac implements PlainKeyring {

    @Override
    public String getPassword(String service, String account) throws PasswordAccessException {
      String password = entries.get(service + '\n' + account);
      if (password == null) {
        throw new PasswordAccessException(
            "No stored credentials match " + service + " account: " + account);
      }
      return password;
    }

    @Override
    public void setPassword(String service, String account, String password)
        throws PasswordAccessException {
      if (password.length() > MAC_CHARACTERS) {
        throw new PasswordAccessException("Failed to set credential. too long");
      }
      entries.put(service + '\n' + account, password);
    }

    @Override
    public void deletePassword(String service, String account) throws PasswordAccessException {
      try {
        getPassword(service, account);
      } catch (PasswordAccessException e) {
        throw new PasswordAccessException("No password to delete. " + e.getMessage());
      }
      entries.remove(service + '\n' + account);
    }

    @Override
    public void close() {}
  }
}
