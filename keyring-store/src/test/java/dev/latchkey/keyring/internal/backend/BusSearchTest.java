package dev.latchkey.keyring.internal.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is said of a session bus that cannot be used: each case has words and a remedy of its own.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "its keyring needs no bus")
@Timeout(60)
class BusSearchTest {

  private static final Duration LIMIT = Duration.ofMillis(300);

  @TempDir Path directory;

  @Test
  void nothingAtTheUsualPlaceIsNoBus() {
    TokenStoreFailure failure = fails(Map.of("XDG_RUNTIME_DIR", directory.toString()));

    assertThat(failure).hasMessageContaining("There is no D-Bus session bus");
    assertThat(failure).hasMessageContaining(directory.resolve("bus").toString());
    assertThat(failure.remedy()).contains("dbus-run-session");
  }

  @Test
  void aSocketThatNobodyListensToIsABusThatIsGone() throws Exception {
    try (ServerSocketChannel server = listen("left")) {
      assertThat(server.isOpen()).isTrue();
    }

    for (String name : List.of("left", "never")) {
      TokenStoreFailure failure = fails(at(name));
      assertThat(failure).hasMessageContaining("No D-Bus session bus listens at");
      assertThat(failure.problem()).isEqualTo(Problem.UNAVAILABLE);
      assertThat(failure.remedy()).contains("DBUS_SESSION_BUS_ADDRESS");
    }
  }

  @Test
  void aSocketThatNeverAnswersIsNotBlamedOnTheKeyring() throws Exception {
    try (ServerSocketChannel server = listen("silent")) {
      TokenStoreFailure failure = fails(at("silent"));

      assertThat(server.isOpen()).isTrue();
      assertThat(failure.problem()).isEqualTo(Problem.TIMED_OUT);
      assertThat(failure)
          .hasMessageContaining("session bus at " + directory.resolve("silent"))
          .hasMessageContaining("the keyring was not asked");
      assertThat(failure.remedy()).doesNotContain("restart the keyring");
    }
  }

  @Test
  void aBusThatHangsUpLetsThisUserNotIn() throws Exception {
    try (ServerSocketChannel server = listen("hangs-up")) {
      Thread hangingUp =
          new Thread(
              () -> {
                try {
                  server.accept().close();
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      hangingUp.start();

      TokenStoreFailure failure = fails(at("hangs-up"));

      hangingUp.join();
      assertThat(failure).hasMessageContaining("does not let this user in");
      assertThat(failure.remedy()).contains("not with sudo or su");
    }
  }

  /** As after su, which keeps the runtime directory of the person who is logged in. */
  @Test
  void theBusOfAnotherUserIsNotSpokenTo() throws Exception {
    try (ServerSocketChannel server = listen("bus")) {
      server.configureBlocking(false);
      int other = 1 + (Integer) Files.getAttribute(directory, "unix:uid");

      TokenStoreFailure failure = fails(Map.of("XDG_RUNTIME_DIR", directory.toString()), other);

      assertThat(failure).hasMessageContaining("belongs to another user");
      assertThat(failure.remedy()).contains("not with sudo or su");
      assertThat(server.accept()).isNull();
    }
  }

  @Test
  void anAbstractSocketIsNamedForWhatItIs() {
    TokenStoreFailure failure = fails(address("unix:abstract=/tmp/dbus-x,guid=1"));

    assertThat(failure)
        .hasMessageContaining("an abstract socket, which Java cannot open")
        .hasMessageContaining("/tmp/dbus-x");
    assertThat(failure.remedy()).contains("--address=unix:path=");
  }

  @Test
  void anotherTransportIsNamedForWhatItIs() {
    assertThat(fails(address("tcp:host=localhost,port=1")))
        .hasMessageContaining("no Unix socket with a path");
  }

  @Test
  void ofSeveralAddressesTheFirstIsBlamed() {
    TokenStoreFailure failure =
        fails(address("unix:abstract=x;unix:path=" + directory.resolve("never")));

    assertThat(failure).hasMessageContaining("abstract socket");
  }

  /** Another bus has another keyring, which would say that nobody is signed in. */
  @Test
  void aBusThatIsSilentIsNotPassedOver() throws Exception {
    try (ServerSocketChannel silent = listen("silent");
        ServerSocketChannel next = listen("next")) {
      next.configureBlocking(false);

      TokenStoreFailure failure = fails(address(path("silent") + ";" + path("next")));

      assertThat(silent.isOpen()).isTrue();
      assertThat(failure.problem()).isEqualTo(Problem.TIMED_OUT);
      assertThat(next.accept()).as("a call on the next bus").isNull();
    }
  }

  @Test
  void aBusThatIsGoneIsPassedOverForTheNextOneOfTheList() throws Exception {
    try (ServerSocketChannel next = listen("next")) {
      next.configureBlocking(false);

      TokenStoreFailure failure =
          fails(address("tcp:host=localhost,port=1;" + path("never") + ";" + path("next")));

      assertThat(failure).hasMessageContaining("session bus at " + directory.resolve("next"));
      assertThat(next.accept()).isNotNull();
    }
  }

  private String path(String name) {
    return "unix:path=" + directory.resolve(name);
  }

  private ServerSocketChannel listen(String name) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(directory.resolve(name)));
    return server;
  }

  private Map<String, String> at(String name) {
    return address(path(name));
  }

  private Map<String, String> address(String address) {
    return Map.of(
        "DBUS_SESSION_BUS_ADDRESS",
        address,
        "XDG_RUNTIME_DIR",
        directory.resolve("empty").toString());
  }

  private TokenStoreFailure fails(Map<String, String> variables) {
    return fails(variables, BusSearch.ofThisProcess().uid());
  }

  private static TokenStoreFailure fails(Map<String, String> variables, @Nullable Integer uid) {
    BusSearch search = new BusSearch(BusPlace.all(name -> null, variables::get, uid), uid);
    TokenStoreFailure failure =
        catchThrowableOfType(TokenStoreFailure.class, () -> search.connect(LIMIT));
    assertThat(failure).isNotNull();
    return failure;
  }
}
