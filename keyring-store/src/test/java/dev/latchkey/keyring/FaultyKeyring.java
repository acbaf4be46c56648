package dev.latchkey.keyring;

import com.github.javakeyring.PasswordAccessException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The simulated Windows, of which one call goes wrong as java-keyring's do: with a sentence, or
 * with an exception that nobody meant to throw, after which the call is made once more.
 */
final class FaultyKeyring implements Host {

  /** What is thrown where an exception is planned. */
  enum Kind {
    SENTENCE,
    ACCIDENT
  }

  private final SimulatedKeyring real;
  private final FaultPlan plan;
  private final Supplier<Exception> failure;

  FaultyKeyring(SimulatedKeyring real, FaultPlan plan, Kind kind) {
    this.real = real;
    this.plan = plan;
    this.failure =
        kind == Kind.SENTENCE
            ? () -> new PasswordAccessException("Error code 31")
            : () -> new NullPointerException("injected");
  }

  private boolean before() throws PasswordAccessException {
    try {
      return plan.before(failure);
    } catch (Exception e) {
      throw sneaked(e);
    }
  }

  private void after() throws PasswordAccessException {
    try {
      plan.after(failure);
    } catch (Exception e) {
      throw sneaked(e);
    }
  }

  private static PasswordAccessException sneaked(Exception e) {
    if (e instanceof RuntimeException accident) {
      throw accident;
    }
    return (PasswordAccessException) e;
  }

  @Override
  public KeyringBackend backend() {
    return real.backend();
  }

  @Override
  public String look() {
    return real.look();
  }

  @Override
  public PlainKeyring open() {
    PlainKeyring keyring = real.open();
    return new PlainKeyring() {
      @Override
      public String getPassword(String service, String account) throws PasswordAccessException {
        before(); // there is nothing to drop
        try {
          return keyring.getPassword(service, account);
        } finally {
          after();
        }
      }

      @Override
      public void setPassword(String service, String account, String password)
          throws PasswordAccessException {
        if (!before()) {
          keyring.setPassword(service, account, password);
        }
        after();
      }

      @Override
      public void deletePassword(String service, String account) throws PasswordAccessException {
        if (!before()) {
          keyring.deletePassword(service, account);
        }
        after();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void unlock(String service, Duration limit) {}

  @Override
  public void close() {}
}
