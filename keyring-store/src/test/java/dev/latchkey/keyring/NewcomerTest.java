package dev.latchkey.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real bus, and a keyring that does not know at first who asks. */
@Tag("daemons")
@Timeout(60)
class NewcomerTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);

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
  void theFirstAnswerOfAKeyringIsNotTakenForALackOfACollection() throws Exception {
    try (ForgetfulSecretService keyring = ForgetfulSecretService.start()) {
      SecretServiceHost first = new SecretServiceHost(LIMIT);
      SecretServiceHost second = new SecretServiceHost(LIMIT);
      try {
        var unused = first.look();
        unused = second.look();

        assertThat(keyring.known()).hasSize(2);
      } finally {
        first.close();
        second.close();
      }
    }
  }
}
