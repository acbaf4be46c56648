package dev.latchkey.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that are made, and then lost to dbus-java's race, on a real bus. */
@Tag("daemons")
@Timeout(60)
class DialerTest {

  private final AtomicInteger dials = new AtomicInteger();
  private final Set<Thread> ofOthers = threads();
  private Session session;

  @BeforeEach
  void logIn() throws Exception {
    session = Session.withBusOnly();
  }

  @AfterEach
  void logOut() throws Exception {
    if (session != null) {
      session.close();
    }
  }

  @Test
  void theSecondTryReplacesAConnectionThatRacedAndItsThreadsEnd() throws Exception {
    DBusConnection connection = Dialer.own(racing(1));

    assertThat(dials).hasValue(2);
    assertThat(connection.isConnected()).isTrue();
    assertThat(connection.getUniqueName()).startsWith(":");
    connection.disconnect();
    assertThatNoThreadStays();
  }

  @Test
  void aRaceWithoutEndIsToldAndItsThreadsEnd() throws Exception {
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> Dialer.own(racing(Integer.MAX_VALUE)));

    assertThat(dials).hasValue(3);
    assertThatNoThreadStays();
  }

  @Test
  void whatIsNoRaceIsNotTriedAgainAndItsThreadsEnd() throws Exception {
    assertThatThrownBy(
            () ->
                Dialer.own(
                    transport -> {
                      Dialer.ownTry(transport);
                      dials.incrementAndGet();
                      throw new DBusException("Hello was not answered");
                    }))
        .hasMessage("Hello was not answered");

    assertThat(dials).hasValue(1);
    assertThatNoThreadStays();
  }

  @Test
  void aSharedConnectionThatRacedIsTakenAndEndsWithItsLastShare() throws Exception {
    DBusConnection shared = Dialer.shared(racingShared());

    assertThat(dials).hasValue(2);
    assertThat(shared.isConnected()).isTrue();
    DBusConnection another = Dialer.shared();
    assertThat(another).isSameAs(shared);
    another.disconnect();
    assertThat(shared.isConnected()).isTrue();
    shared.disconnect();
    assertThat(shared.isConnected()).isFalse();
    assertThatNoThreadStays();
  }

  @Test
  void aSharedConnectionThatFailedOtherwiseIsEnded() throws Exception {
    assertThatThrownBy(
            () ->
                Dialer.shared(
                    () -> {
                      DBusConnection shared = DBusConnectionBuilder.forSessionBus().build();
                      if (dials.incrementAndGet() == 1) {
                        throw new DBusException("Hello was not answered");
                      }
                      return shared;
                    }))
        .hasMessage("Hello was not answered");

    assertThat(dials).hasValue(2);
    assertThatNoThreadStays();
  }

  private Dialer.Dial racing(int times) {
    return transport -> {
      DBusConnection connection = Dialer.ownTry(transport);
      if (dials.incrementAndGet() <= times) {
        throw new ArrayIndexOutOfBoundsException("Index 1 out of bounds for length 0");
      }
      return connection;
    };
  }

  private Dialer.SharedDial racingShared() {
    return () -> {
      DBusConnection connection = DBusConnectionBuilder.forSessionBus().build();
      if (dials.incrementAndGet() == 1) {
        throw new ArrayIndexOutOfBoundsException("Index 1 out of bounds for length 0");
      }
      return connection;
    };
  }

  /** Sender threads are no daemons: one that stays keeps the program from ending. */
  private void assertThatNoThreadStays() throws InterruptedException {
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
