package dev.latchkey.interop.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command line against real servers, each command in its own process. */
@Timeout(300)
public abstract class CommandLineTests<S extends RealServer> {

  private static final Duration LONG = Duration.ofMinutes(5);

  @TempDir private Path directory;

  /** Starts the server, or a realm of it. */
  protected abstract S start(Duration accessTokenLifetime, Duration codeLifetime);

  @Test
  void signInTokenRefreshAndSignOut() throws Exception {
    try (RealServer server = start(LONG, LONG)) {
      JsonObject signedIn = signIn(server);
      JsonObject cached = run(server, 0, "token");
      JsonObject refreshed = run(server, 0, "token", "--refresh");
      JsonObject account = run(server, 0, "accounts");
      JsonObject status = run(server, 0, "status");
      JsonObject signedOut = run(server, 0, "sign-out");
      JsonObject after = run(server, 10, "token");

      assertThat(text(signedIn, "event")).isEqualTo("signed_in");
      assertThat(signedIn.get("can_refresh").getAsBoolean()).isTrue();
      assertThat(text(cached, "source")).isEqualTo("cache");
      assertThat(text(refreshed, "source")).isEqualTo("refresh");
      assertThat(text(refreshed, "access_token")).isNotEqualTo(text(cached, "access_token"));
      assertThat(text(account, "state")).isEqualTo("ready");
      assertThat(account.get("account")).isEqualTo(signedIn.get("account"));
      assertThat(status.isEmpty()).isFalse();
      assertThat(signedOut.get("revoked").getAsBoolean()).isTrue();
      assertThat(text(after, "type")).isEqualTo("SignInRequired");
      assertThat(text(after, "reason")).isEqualTo("signed_out");
      assertThat(server.redemptions()).isEqualTo(1);
      assertThat(server.refusedRedemptions()).isZero();
    }
  }

  @Test
  void aRefusalExitsWithEleven() throws Exception {
    try (RealServer server = start(LONG, LONG);
        LatchkeyProgram program =
            LatchkeyProgram.start(server, store(), "sign-in", "--no-browser")) {
      JsonObject shown = program.nextEvent();

      server.person().deny(URI.create(text(shown, "verification_uri")), text(shown, "user_code"));

      assertThat(program.exitStatus()).isEqualTo(11);
      assertThat(text(program.lastEvent(), "type")).isEqualTo("SignInDeclined");
    }
  }

  @Test
  void anExpiredCodeExitsWithTwelve() throws Exception {
    try (RealServer server = start(LONG, Duration.ofSeconds(7));
        LatchkeyProgram program =
            LatchkeyProgram.start(server, store(), "sign-in", "--no-browser")) {

      assertThat(program.exitStatus()).isEqualTo(12);
      assertThat(text(program.lastEvent(), "type")).isEqualTo("SignInExpired");
    }
  }

  @Test
  void controlCExitsWithOneHundredAndThirty() throws Exception {
    try (RealServer server = start(LONG, LONG);
        LatchkeyProgram program =
            LatchkeyProgram.start(server, store(), "sign-in", "--no-browser")) {
      program.nextEvent();

      program.interrupt();

      assertThat(program.exitStatus()).isEqualTo(130);
      assertThat(text(program.lastEvent(), "type")).isEqualTo("SignInCancelled");
    }
  }

  /**
   * Asserts that an event at the server makes a refresh exit with 10 and keeps the account listed.
   */
  protected void assertExitsWithTen(Consumer<S> event, String reason) throws InterruptedException {
    try (S server = start(LONG, LONG)) {
      signIn(server);
      event.accept(server);

      JsonObject refused = run(server, 10, "token", "--refresh");
      JsonObject account = run(server, 0, "accounts");

      assertThat(text(refused, "event")).isEqualTo("error");
      assertThat(text(refused, "type")).isEqualTo("SignInRequired");
      assertThat(text(refused, "error")).isEqualTo("invalid_grant");
      assertThat(text(refused, "reason")).isEqualTo(reason);
      assertThat(text(account, "state")).isEqualTo("sign_in_required");
    }
  }

  private JsonObject signIn(RealServer server) throws InterruptedException {
    try (LatchkeyProgram program =
        LatchkeyProgram.start(server, store(), "sign-in", "--no-browser")) {
      JsonObject shown = program.nextEvent();
      server
          .person()
          .approve(URI.create(text(shown, "verification_uri")), text(shown, "user_code"));
      assertThat(program.exitStatus()).isZero();
      return program.lastEvent();
    }
  }

  private JsonObject run(RealServer server, int status, String... arguments)
      throws InterruptedException {
    try (LatchkeyProgram program = LatchkeyProgram.start(server, store(), arguments)) {
      assertThat(program.exitStatus())
          .as("latchkey %s", String.join(" ", arguments))
          .isEqualTo(status);
      return program.lastEvent();
    }
  }

  private Path store() {
    return directory.resolve("store");
  }

  private static String text(JsonObject event, String name) {
    return event.get(name).getAsString();
  }
}
