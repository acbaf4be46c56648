package dev.latchkey.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.keyring.fixture.DesktopSession;
import dev.latchkey.keyring.fixture.KeyringOpener;
import dev.latchkey.keyring.internal.backend.SecretServiceHost;
import dev.latchkey.store.TokenStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A real GNOME Keyring to which many other programs connect. With each new client, 42.1 replaces
 * its alias of the default collection while another of its threads may be reading it: a call on the
 * alias is then answered by "no such object". Of some thousands of new clients, it answers one
 * before it has registered it, as if there were no collection; {@code SecretServiceHostTest}
 * provokes that at will.
 */
@Tag("daemons")
@Timeout(300)
class CrowdTest {

  private static final int ROUNDS = Integer.getInteger("latchkey.rounds", 200);
  private static final int OTHERS = 3;

  private DesktopSession session;
  private TokenStore store;

  @BeforeEach
  void logIn() throws Exception {
    session = DesktopSession.withGnomeKeyring();
    store = new KeyringOpener().open(KeyringOpener.location(session, "test-" + UUID.randomUUID()));
  }

  @AfterEach
  void logOut() throws Exception {
    if (store != null) {
      store.close();
    }
    if (session != null) {
      session.close();
    }
  }

  @Test
  void newClientsDisturbNoOther() {
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger clients = new AtomicInteger();
    List<CompletableFuture<Void>> others = new ArrayList<>();
    for (int i = 0; i < OTHERS; i++) {
      others.add(
          CompletableFuture.runAsync(
              () -> {
                while (!over.get()) {
                  try (var client = new SecretServiceHost(Duration.ofSeconds(10))) {
                    var unused = client.probe("service");
                    clients.incrementAndGet();
                  }
                }
              }));
    }

    String version = null;
    for (int round = 0; round < ROUNDS; round++) {
      version = Objects.requireNonNull(store.write("account", "content " + round, version));
      assertThat(Objects.requireNonNull(store.read("account")).content())
          .isEqualTo("content " + round);
    }

    over.set(true);
    others.forEach(CompletableFuture::join);
    System.out.println("keyring crowd: " + ROUNDS + " writes, " + clients + " clients");
    assertThat(clients.get()).isGreaterThan(ROUNDS / 10);
  }
}
