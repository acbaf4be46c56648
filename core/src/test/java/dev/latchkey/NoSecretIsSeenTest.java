package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.fixture.Jwt;
import dev.latchkey.fixture.LogCapture;
import dev.latchkey.fixture.Program;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.fixture.Secrets;
import dev.latchkey.fixture.SecretsStory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
