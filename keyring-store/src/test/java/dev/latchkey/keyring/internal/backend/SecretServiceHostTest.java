package dev.latchkey.keyring.internal.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.keyring.KeyringUnavailable;
import dev.latchkey.keyring.fixture.ForgetfulSecretService;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real bus, and a keyring that answers a new client before it has registered it. */
@Tag("daemons")
@Timeout(60)
class SecretServiceHostTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  @AutoClose private ForgetfulSecretService keyring;

  @BeforeEach
  void logIn() throws Exception {
    keyring = ForgetfulSecretService.start();
  }

  @Test
  void theFirstAnswerIsNotTakenForAMissingCollection() {
    try (var first = new SecretServiceHost(LIMIT);
        var second = new SecretServiceHost(LIMIT)) {
      var unused = first.probe("service");
      unused = second.probe("service");

      assertThat(keyring.known()).hasSize(2);
    }
  }

  /** A session opened for an unregistered client would be lost. This keyring opens none at all. */
  @Test
  void openingASessionIsNotTheFirstCall() {
    try (var host = new SecretServiceHost(LIMIT)) {
      assertThatThrownBy(host::open).isNotInstanceOf(KeyringUnavailable.class);

      assertThat(keyring.known()).hasSize(1);
    }
  }
}
