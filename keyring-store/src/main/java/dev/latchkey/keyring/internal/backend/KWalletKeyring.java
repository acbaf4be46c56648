package dev.latchkey.keyring.internal.backend;

import com.github.javakeyring.PasswordAccessException;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * A folder of an open wallet. Entries are those of java-keyring 1.0.4, and so are the messages for
 * absent ones; the calls are not, since its connection belongs to the whole JVM and cannot always
 * be closed.
 */
final class KWalletKeyring implements OpenKeyring {

  /** Calls a method of KWallet. */
  interface Wallet {
    Object ask(String method, String signature, Object... arguments);
  }

  private interface Use<T> {
    T of(int handle) throws PasswordAccessException;
  }

  private final Wallet wallet;
  private final ToIntFunction<String> opener;

  /**
   * A keyring.
   *
   * @param opener opens the wallet for a service, and returns its handle
   */
  KWalletKeyring(Wallet wallet, ToIntFunction<String> opener) {
    this.wallet = wallet;
    this.opener = opener;
  }

  @Override
  public String getPassword(String service, String account) throws PasswordAccessException {
    return using(
        service,
        open -> {
          require(open, service, account, "Password is not in wallet");
          return String.valueOf(
              wallet.ask("readPassword", "isss", open, service, account, service));
        });
  }

  @Override
  public void setPassword(String service, String account, String password)
      throws PasswordAccessException {
    using(
        service,
        open -> wallet.ask("writePassword", "issss", open, service, account, password, service));
  }

  @Override
  public void deletePassword(String service, String account) throws PasswordAccessException {
    using(
        service,
        open -> {
          require(open, service, account, "Password cannot be deleted, it is not in wallet");
          wallet.ask("removeEntry", "isss", open, service, account, service);
          Object left = wallet.ask("entryList", "iss", open, service, service);
          return !SessionBus.texts(left).isEmpty()
              || Boolean.TRUE.equals(wallet.ask("removeFolder", "iss", open, service, service));
        });
  }

  @Override
  public Set<String> accounts(String service) throws PasswordAccessException {
    return using(
        service,
        open ->
            Set.copyOf(SessionBus.texts(wallet.ask("entryList", "iss", open, service, service))));
  }

  private void require(int open, String service, String account, String otherwise)
      throws PasswordAccessException {
    if (!Boolean.TRUE.equals(wallet.ask("hasEntry", "isss", open, service, account, service))) {
      throw new PasswordAccessException(otherwise);
    }
  }

  /** Gives the handle back: KWallet may be set to close a wallet that nobody uses. */
  private <T> T using(String service, Use<T> use) throws PasswordAccessException {
    int open = opener.applyAsInt(service);
    T result = use.of(open);
    wallet.ask("close", "ibs", open, false, service);
    return result;
  }

  @Override
  public void close() {}
}
