package dev.latchkey.keyring.internal.backend;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.keyring.KeyringUnavailable;
import dev.latchkey.keyring.internal.backend.SessionBus.Refused;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.file.AccessDeniedException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.freedesktop.dbus.connections.transports.AbstractTransport;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the first session bus that somebody listens at. One that is silent or rejects this
 * user is not passed over: another bus has another keyring, which would not have the sessions.
 *
 * @param places in the order in which to try them
 * @param uid this user's; null if it is not known
 */
record BusSearch(List<BusPlace> places, @Nullable Integer uid) {

  /** Java's own text for a server that hung up; of what the system says, it has the words. */
  private static final String RESET = "Connection reset";

  static BusSearch ofThisProcess() {
    Integer uid = ownerOf(Path.of("/proc/self"));
    return new BusSearch(BusPlace.all(System::getProperty, System::getenv, uid), uid);
  }

  SessionBus connect(Duration limit) {
    TokenStoreFailure first = null;
    for (BusPlace place : places) {
      try {
        return connect(place, limit);
      } catch (Absent nothing) {
        first = first == null ? nothing.failure : first;
      }
    }
    throw first != null ? first : KeyringFailures.noBus(places);
  }

  private SessionBus connect(BusPlace place, Duration limit) throws Absent {
    Path path = place.path();
    if (path == null) {
      throw new Absent(
          place.isAbstract()
              ? KeyringFailures.busIsAbstract(place)
              : KeyringFailures.busIsElsewhere(place));
    }
    if (!place.named()) {
      requireOwn(place, path);
    }
    AbstractTransport transport;
    try {
      transport = BusDial.connect(path, limit);
    } catch (TimeoutException e) {
      throw KeyringFailures.busIsSilent(place, limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw KeyringFailures.busIsSilent(place, limit);
    } catch (IOException e) {
      throw failure(place, path, e);
    }
    return entered(place, path, transport, limit);
  }

  /** A bus that lets this user in answers; one that does not says nothing and hangs up. */
  private SessionBus entered(
      BusPlace place, Path path, AbstractTransport transport, Duration limit) {
    SessionBus bus = new SessionBus(BusConnection.over(transport), limit);
    try {
      bus.enter();
      return bus;
    } catch (Refused | IllegalStateException e) {
      bus.close();
      throw rejection(place, ownerOf(path), e);
    } catch (TokenStoreFailure e) {
      bus.close();
      throw KeyringFailures.busIsSilent(place, limit);
    } catch (RuntimeException e) {
      bus.close();
      throw e;
    }
  }

  /**
   * What is in the usual directory is there for everybody who has the variable, as after su: a
   * program of the administrator would hand its secrets to whoever listens. libdbus looks, too.
   */
  private void requireOwn(BusPlace place, Path path) throws Absent {
    try {
      Integer owner = owner(path);
      if (uid != null && !uid.equals(owner)) {
        throw KeyringFailures.busOfAnother(place, null);
      }
    } catch (AccessDeniedException e) {
      throw KeyringFailures.busIsForbidden(place, e);
    } catch (IOException e) {
      throw new Absent(null);
    }
  }

  /** By the file, since the texts of the system are in the person's language. */
  private TokenStoreFailure failure(BusPlace place, Path path, IOException e) throws Absent {
    Integer owner;
    try {
      owner = owner(path);
    } catch (AccessDeniedException hidden) {
      return KeyringFailures.busIsForbidden(place, e);
    } catch (IOException absent) {
      throw new Absent(KeyringFailures.busIsGone(place, e));
    }
    if (e instanceof ConnectException) {
      throw new Absent(KeyringFailures.busIsGone(place, e));
    }
    boolean opened = RESET.equals(e.getMessage());
    return e instanceof SocketException && !opened
        ? KeyringFailures.busIsForbidden(place, e)
        : rejection(place, owner, e);
  }

  private KeyringUnavailable rejection(BusPlace place, @Nullable Integer owner, Exception e) {
    return uid == null || uid.equals(owner)
        ? KeyringFailures.busRejects(place, e)
        : KeyringFailures.busOfAnother(place, e);
  }

  private static @Nullable Integer ownerOf(Path path) {
    try {
      return owner(path);
    } catch (IOException | RuntimeException unknown) {
      return null;
    }
  }

  private static @Nullable Integer owner(Path path) throws IOException {
    try {
      return (Integer)
          path.getFileSystem()
              .provider()
              .readAttributes(path, "unix:uid", new LinkOption[0])
              .get("uid");
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      throw new IOException("This system has no owners of files", e);
    }
  }

  /** Nobody listens there, or Java cannot find out. */
  private static final class Absent extends Exception {
    private static final long serialVersionUID = 1L;

    /** What to say of it; null if nothing named the place. */
    private final @Nullable TokenStoreFailure failure;

    Absent(@Nullable TokenStoreFailure failure) {
      this.failure = failure;
    }
  }
}
