package dev.latchkey.keyring.internal.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.javakeyring.BackendNotSupportedException;
import dev.latchkey.keyring.fixture.DesktopSession;
import dev.latchkey.keyring.internal.backend.SessionBusConnector.Dial;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.exceptions.DBusException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that are made on a real bus, and then fail as in dbus-java's race. */
@Tag("daemons")
@Timeout(60)
class SessionBusConnectorTest {

  private final AtomicInteger dials = new AtomicInteger();
  private final Set<Thread> ofOthers = threads();
  private DesktopSession session;

  @BeforeEach
  void logIn() throws Exception {
    session = DesktopSession.withBusOnly();
  }

  @AfterEach
  void logOut() throws Exception {
    if (session != null) {
      session.close();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theNextAttemptReplacesAConnectionThatRaced(boolean shared) throws Exception {
    DBusConnection connection =
        SessionBusConnector.connect(failing(shared, 1, new ArrayIndexOutOfBoundsException()));

    assertThat(dials).hasValueGreaterThanOrEqualTo(2);
    assertThat(connection.isConnected()).isTrue();
    assertThat(connection.getUniqueName()).startsWith(":");
    connection.disconnect();
    assertThat(connection.isConnected()).isFalse();
    assertThatNoThreadRemains();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRaceWithoutEndIsReported(boolean shared) throws Exception {
    assertThatExceptionOfType(ArrayIndexOutOfBoundsException.class)
        .isThrownBy(
            () ->
                SessionBusConnector.connect(
                    failing(shared, 9, new ArrayIndexOutOfBoundsException())));

    assertThat(dials).hasValue(3);
    assertThatNoThreadRemains();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anyOtherFailureIsReportedAtOnce(boolean shared) throws Exception {
    DBusException unanswered = new DBusException("Hello was not answered");
    assertThatExceptionOfType(DBusException.class)
        .isThrownBy(() -> SessionBusConnector.connect(failing(shared, 9, unanswered)))
        .isSameAs(unanswered);

    assertThat(dials).hasValue(1);
    assertThatNoThreadRemains();
  }

  @Test
  void anInterruptEndsTheAttempts() throws Exception {
    Dial race = failing(false, 9, new ArrayIndexOutOfBoundsException());
    assertThatExceptionOfType(ArrayIndexOutOfBoundsException.class)
        .isThrownBy(
            () ->
                SessionBusConnector.connect(
                    transport -> {
                      try {
                        return race.connect(transport);
                      } finally {
                        Thread.currentThread().interrupt();
                      }
                    }));

    assertThat(dials).hasValue(1);
    assertThat(Thread.interrupted()).isTrue();
    assertThatNoThreadRemains();
  }

  @Test
  void aFailureBeforeTheConnectionReleasesNoOtherShare() throws Exception {
    DBusConnection ofAnother = SessionBusConnector.shared();
    assertThatExceptionOfType(DBusException.class)
        .isThrownBy(
            () ->
                SessionBusConnector.connect(
                    transport -> {
                      throw new DBusException("refused");
                    }));

    assertThat(ofAnother.isConnected()).isTrue();
    ofAnother.disconnect();
    assertThat(ofAnother.isConnected()).isFalse();
    assertThatNoThreadRemains();
  }

  @Test
  void aWalletThatCannotBeOpenedLeavesNothingBehind() throws Exception {
    KWalletHost host = new KWalletHost(Duration.ofSeconds(10));

    assertThatExceptionOfType(BackendNotSupportedException.class).isThrownBy(host::open);

    host.close();
    assertThatNoThreadRemains();
  }

  @Test
  void aWalletThatCannotBeOpenedReleasesNoOtherShare() throws Exception {
    DBusConnection ofAnother = SessionBusConnector.shared();
    KWalletHost host = new KWalletHost(Duration.ofSeconds(10));

    assertThatExceptionOfType(BackendNotSupportedException.class).isThrownBy(host::open);

    host.close();
    assertThat(ofAnother.isConnected()).isTrue();
    ofAnother.disconnect();
    assertThat(ofAnother.isConnected()).isFalse();
    assertThatNoThreadRemains();
  }

  private Dial failing(boolean shared, int times, Exception failure) {
    return transport -> {
      int dial = dials.incrementAndGet();
      DBusConnection connection = SessionBusConnector.dial(shared, transport);
      if (dial > times) {
        return connection;
      }
      if (failure instanceof DBusException typed) {
        throw typed;
      }
      throw (RuntimeException) failure;
    };
  }

  /**
   * Sender threads are not daemons: one that remains keeps the program from exiting. It ends after
   * the connection, by itself: waiting for that hides only how long an exit takes, which
   * KeyringExitTest limits.
   */
  private void assertThatNoThreadRemains() throws InterruptedException {
    for (int tries = 0; tries < 200 && !threadsOfThisTest().isEmpty(); tries++) {
      Thread.sleep(50);
    }
    assertThat(threadsOfThisTest()).isEmpty();
  }

  private Set<Thread> threadsOfThisTest() {
    Set<Thread> threads = threads();
    threads.removeAll(ofOthers);
    return threads;
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("DBus"))
        .collect(Collectors.toCollection(HashSet::new));
  }
}
