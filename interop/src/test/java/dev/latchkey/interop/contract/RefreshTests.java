package dev.latchkey.interop.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.PublicClient;
import dev.latchkey.TokenSource;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.interop.fixture.TiedProcess;
import dev.latchkey.store.EncryptedFileTokenStore;
import dev.latchkey.store.TokenStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Staying signed in on real servers that rotate refresh tokens and kill a session for one reuse.
 */
@Timeout(300)
public abstract class RefreshTests {

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final int ROTATIONS = 50;
  private static final int PROCESSES = 8;

  @TempDir private Path directory;

  /** Starts the server, or a realm of it. */
  protected abstract RealServer start(Duration accessTokenLifetime, Duration codeLifetime);

  @Test
  void refreshAfterRefreshForFiftyRotations() {
    try (RealServer server = start(LONG, LONG)) {
      PublicClient client = LatchkeySignIn.client(server, store());
      Account account = LatchkeySignIn.signIn(client, server.person()).account();
      TokenSource tokens = client.tokens(account);
      Set<String> seen = new HashSet<>();
      AccessToken token = tokens.get();

      for (int i = 0; i < ROTATIONS; i++) {
        token = tokens.replace(token, null);
        seen.add(token.value());
      }

      assertThat(seen).hasSize(ROTATIONS);
      assertThat(server.redemptions()).isEqualTo(ROTATIONS);
      assertThat(server.refusedRedemptions()).isZero();
    }
  }

  @Test
  void aShortTokenIsNotRefreshedAtEveryCall() {
    try (RealServer server = start(Duration.ofSeconds(60), LONG)) {
      PublicClient client = LatchkeySignIn.client(server, store());
      TokenSource tokens = client.tokens(LatchkeySignIn.signIn(client, server.person()).account());

      for (int i = 0; i < 1_000; i++) {
        tokens.get();
      }

      assertThat(server.redemptions()).isZero();
    }
  }

  /**
   * The README's handler as it stands, until it ends. Keycloak leaves the scope out of a refreshed
   * token, and oidc-provider refuses the refresh.
   */
  @Test
  void aScopeThatNobodyGrantedIsAskedForOnce() {
    try (RealServer server = start(LONG, LONG)) {
      PublicClient client = LatchkeySignIn.client(server, store());
      Account account = LatchkeySignIn.signIn(client, server.person()).account();
      TokenSource tokens = client.tokens(account, List.of(server.anotherScope()));
      List<SignInRequired> reasons = new ArrayList<>();

      AccessToken token = null;
      while (token == null && reasons.size() < 3) {
        try {
          token = tokens.get();
        } catch (SignInRequired why) {
          reasons.add(why);
          Account again =
              LatchkeySignIn.approve(client.beginSignIn(why), server.person()).account();
          assertThat(again).isEqualTo(account);
        }
      }

      assertThat(reasons)
          .singleElement()
          .satisfies(
              why -> {
                assertThat(why.reason()).isEqualTo(SignInRequired.Reason.CONSENT_REQUIRED);
                assertThat(why.scopes()).containsExactly(server.anotherScope());
              });
      assertThat(Objects.requireNonNull(token).scopes().granted()).contains(server.anotherScope());
      assertThat(client.tokens(account).get().scopes().missing()).isEmpty();
    }
  }

  @Test
  void eightProcessesOfSixtyFourThreadsRedeemAnExpiredTokenOnce() throws Exception {
    Duration lifetime = Duration.ofSeconds(40);
    try (RealServer server = start(lifetime, LONG)) {
      PublicClient client = LatchkeySignIn.client(server, store());
      AccessToken expiring = LatchkeySignIn.signIn(client, server.person()).token();
      Path go = directory.resolve("go");
      List<TiedProcess> processes = new ArrayList<>();
      try {
        for (int i = 0; i < PROCESSES; i++) {
          processes.add(TokenProcess.start(server, directory.resolve("store"), go));
        }
        for (TiedProcess process : processes) {
          process.awaitOutput(Pattern.compile("ready"), Duration.ofMinutes(2));
        }
        awaitExpiry(expiring);
        Files.createFile(go);

        Set<String> tokens = new HashSet<>();
        for (TiedProcess process : processes) {
          process.awaitSuccess(Duration.ofMinutes(1));
          tokens.add(fingerprint(process));
        }

        assertThat(tokens).hasSize(1);
        assertThat(server.redemptions()).isEqualTo(1);
        assertThat(server.refusedRedemptions()).isZero();
      } finally {
        processes.forEach(TiedProcess::close);
      }
    }
  }

  @Test
  void aLostAnswerCostsTheSessionOnlyWhenTheTokenInHandIsUsedUp() throws Exception {
    Duration lifetime = Duration.ofSeconds(40);
    try (RealServer server = start(lifetime, LONG);
        CuttingProxy proxy = CuttingProxy.open()) {
      PublicClient client = proxy.client(server, store());
      TokenSource tokens = client.tokens(LatchkeySignIn.signIn(client, server.person()).account());
      AccessToken inHand = tokens.get();
      Thread.sleep(32_500); // due for refresh at 32 s of 40
      proxy.dropNextAnswer();

      AccessToken served = tokens.get();
      proxy.awaitDropped(Duration.ofSeconds(5));
      AccessToken servedAgain = tokens.get();
      awaitExpiry(inHand);

      assertThat(served.value()).isEqualTo(inHand.value());
      assertThat(servedAgain.value()).isEqualTo(inHand.value());
      assertThat(server.redemptions()).isEqualTo(1);
      assertThat(server.refusedRedemptions()).isZero();
      assertThatThrownBy(tokens::get)
          .isInstanceOfSatisfying(
              SignInRequired.class,
              why -> assertThat(why.reason()).isEqualTo(SignInRequired.Reason.REFRESH_ANSWER_LOST));
    }
  }

  private TokenStore store() {
    return EncryptedFileTokenStore.open(directory.resolve("store"), TokenProcess.KEY.clone());
  }

  private static void awaitExpiry(AccessToken token) throws InterruptedException {
    Duration left = Duration.between(Instant.now(), token.expiresAt());
    if (!left.isNegative()) {
      Thread.sleep(left.plusMillis(200).toMillis());
    }
  }

  private static String fingerprint(TiedProcess process) throws IOException {
    var matcher = Pattern.compile("token ([0-9a-f]+) for 64 threads").matcher(process.output());
    if (!matcher.find()) {
      throw process.failure("did not tell its token");
    }
    return matcher.group(1);
  }
}
