package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.FaultyStore;
import dev.latchkey.fixture.Jwt;
import dev.latchkey.fixture.LogCapture;
import dev.latchkey.fixture.Program;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.fixture.Secrets;
import dev.latchkey.fixture.SecretsStory;
import dev.latchkey.internal.concurrent.ListenerQueue;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** No secret in a log at any level, in a {@code toString}, or in an exception. */
class NoSecretIsSeenTest {

  @TempDir Path directory;

  @Test
  void noSecretIsInAnyLogOrTextOrException() throws Exception {
    try (ScriptedServer server = new ScriptedServer();
        LogCapture log = new LogCapture()) {
      Secrets secrets = new Secrets();

      SecretsStory story = new SecretsStory(server, directory, secrets, true);
      String seen = story.tell() + log.everything();

      server.verify();
      assertThat(secrets.foundIn(seen)).isEmpty();
      assertThat(secrets.all()).hasSizeGreaterThan(100);
      assertThat(seen)
          .contains("DEBUG dev.latchkey.internal.signin.PollingSignIn polled: HTTP 400");
    }
  }

  /** The JDK quotes the first line of a response in the message of a plain IOException. */
  @Test
  void tokensOfAResponseWithoutItsHeadAreInNoExceptionAndNoLog() throws Exception {
    try (ScriptedServer server = new ScriptedServer();
        LogCapture log = new LogCapture()) {
      Secrets secrets = new Secrets();
      String tokens =
          Body.tokens()
              .with("access_token", secrets.nextLong("access"))
              .with("refresh_token", secrets.nextLong("refresh"))
              .toString();
      server.answer("/token", Answer.raw(tokens));
      RefreshRun run = new RefreshRun(server).expired();
      TokenSource source = run.tokens();

      ServiceUnavailable failure = catchThrowableOfType(ServiceUnavailable.class, source::get);

      LoggerFactory.getLogger(getClass()).error("the application logs it", failure);
      assertThat(failure).hasRootCauseInstanceOf(IOException.class);
      assertThat(log.everything()).contains("the application logs it", "java.io.IOException");
      assertThat(secrets.foundIn(log.everything() + printed(failure))).isEmpty();
      server.verify();
    }
  }

  /** A database quotes the value that it cannot take; so may any store of an application. */
  @Test
  void recordThatAForeignStoreQuotesIsInNoExceptionAndNoLog() throws Exception {
    try (ScriptedServer server = new ScriptedServer();
        LogCapture log = new LogCapture()) {
      RefreshRun run = new RefreshRun(server).expired();
      String message = "Data too long: '" + run.rawContent() + "'";
      RuntimeException quoting = new IllegalStateException(message, new Exception(message));
      quoting.addSuppressed(new Exception(message));
      run.store.failWith(FaultyStore.Call.PREPARE, quoting);
      TokenSource source = run.tokens();

      TokenStoreFailure failure = catchThrowableOfType(TokenStoreFailure.class, source::get);

      LoggerFactory.getLogger(getClass()).error("the application logs it", failure);
      assertThat(failure).hasCauseExactlyInstanceOf(IllegalStateException.class);
      assertThat(Objects.requireNonNull(failure.getCause()).getStackTrace())
          .isEqualTo(quoting.getStackTrace());
      assertThat(log.everything() + printed(failure))
          .contains("the application logs it")
          .doesNotContain(RefreshRun.REFRESH_TOKEN, RefreshRun.ACCESS_TOKEN);
      server.verify();
    }
  }

  @Test
  void whatTheListenerThrowsIsLoggedWithoutItsMessage() {
    try (LogCapture log = new LogCapture()) {
      Runnable quoting =
          () -> {
            throw new IllegalArgumentException("No JSON: " + Body.ACCESS_TOKEN);
          };

      new ListenerQueue<>(quoting, Runnable::run).tell(Runnable::run);

      assertThat(log.everything())
          .contains("the listener failed", "java.lang.IllegalArgumentException")
          .doesNotContain(Body.ACCESS_TOKEN);
    }
  }

  @Test
  void everyPartOfASecretIsFound() {
    Secrets secrets = new Secrets();
    String secret = secrets.nextLong("token");
    String jwt = secrets.next(Jwt.claims("https://id.example.com"));
    String signature = jwt.substring(jwt.lastIndexOf('.') + 1);

    assertThat(secrets.foundIn("start " + secret.substring(0, 12) + "…")).hasSize(1);
    assertThat(secrets.foundIn("middle " + secret.substring(20, 32) + "…")).hasSize(1);
    assertThat(secrets.foundIn("end " + secret.substring(secret.length() - 12))).hasSize(1);
    assertThat(secrets.foundIn("signature " + signature.substring(3, 15))).hasSize(1);
    assertThat(secrets.foundIn("less " + secret.substring(0, 11) + "\nand no secret")).isEmpty();
  }

  /** Runs the story, prints what was seen, and writes the secrets to a file. */
  static final class Teller {
    private Teller() {}

    public static void main(String[] arguments) throws Exception {
      try (ScriptedServer server = new ScriptedServer();
          LogCapture log = new LogCapture()) {
        Secrets secrets = new Secrets();
        // The JDK logs headers unchanged; what a server puts there cannot be hidden by us.
        SecretsStory story = new SecretsStory(server, Path.of(arguments[0]), secrets, false);
        System.out.println(story.tell() + log.everything());
        Files.write(Path.of(arguments[1]), secrets.all());
      }
    }
  }

  @Test
  void noSecretIsInTheLogOfTheHttpClientEither(@TempDir Path other) throws Exception {
    Path written = other.resolve("secrets");
    String logging = "-Djdk.httpclient.HttpClient.log=all";

    try (Program program = Program.start(Teller.class, logging, directory, written)) {
      String printed = program.awaitEnd();

      assertThat(Secrets.of(Files.readAllLines(written)).foundIn(printed)).isEmpty();
      assertThat(printed).contains("REQUEST: http://127.0.0.1", "RESPONSE: (POST", "polled: HTTP");
    }
  }

  private static String printed(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
