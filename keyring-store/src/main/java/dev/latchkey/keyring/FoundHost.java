package dev.latchkey.keyring;

import com.github.javakeyring.BackendNotSupportedException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The keyring that the session bus turns out to have; looked for with the first question. */
final class FoundHost implements Host {

  private final Duration limit;
  private volatile @Nullable BusHost found;

  FoundHost(Duration limit) {
    this.limit = limit;
  }

  private BusHost found() {
    BusHost host = found;
    if (host == null) {
      host = BusHost.find(limit);
      found = host;
    }
    return host;
  }

  @Override
  public KeyringBackend backend() {
    BusHost host = found;
    return host == null ? KeyringBackend.SECRET_SERVICE : host.backend();
  }

  @Override
  public String look() {
    return found().look();
  }

  @Override
  public PlainKeyring open() throws BackendNotSupportedException {
    return found().open();
  }

  @Override
  public void flush(String service) {
    found().flush(service);
  }

  @Override
  public void confirmAbsent(String service) {
    found().confirmAbsent(service);
  }

  @Override
  public void unlock(String service, Duration patience) {
    found().unlock(service, patience);
  }

  @Override
  public boolean hasOwnConnections() {
    BusHost host = found;
    return host == null || host.hasOwnConnections();
  }

  @Override
  public void close() {
    BusHost host = found;
    if (host != null) {
      host.close();
    }
  }
}
