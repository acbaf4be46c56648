package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.ColdSignIn;
import dev.latchkey.fixture.Jwt;
import dev.latchkey.fixture.Program;
import dev.latchkey.fixture.ScriptedServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a sign-in costs a program that has just started: mostly the loading of classes. */
@Tag("processes")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ColdSignInTest {

  private static final String ENDPOINTS = "/" + ColdSignIn.TENANT + "/oauth2/v2.0/";
  private static final String NO_LOGGING =
      "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider";

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  @TempDir Path directory;

  /** The difference, because the bare client alone loads 2,200 classes, and other JDKs others. */
  @Test
  void signInLoadsFewClassesMoreThanTheBareClient() throws Exception {
    List<String> bare = loadedBy(ColdSignIn.Floor.class, "signed in true");
    List<String> all = loadedBy(ColdSignIn.class, "signed in alice@example.com");

    // It is 186, with the lambdas.
    assertThat(all).filteredOn(ColdSignInTest::isOfTheLibrary).hasSizeLessThan(200);
    // It is 265 on JDK 17 and 25. It was 394 and 348, with classes that a process builds for the
    // shapes
    // of concatenations, for the equals of a record and for a formatter of years.
    assertThat(all.size() - bare.size()).isLessThan(290);
  }

  @Test
  void refreshStartsFewThreads() throws Exception {
    answerSignIn();
    server.answer(ENDPOINTS + "token", Answer.json(200, Body.tokens()));

    try (Program child = Program.start(ColdSignIn.Refreshing.class, NO_LOGGING, server.at(""))) {
      // Two as a rule. On a busy machine more find no idle one; those for exchanges are at most 8.
      assertThat(child.awaitEnd()).containsPattern("threads ([0-9]|1[0-5])\\b");
    }
  }

  private static boolean isOfTheLibrary(String name) {
    return name.startsWith("dev.latchkey.") && !name.startsWith("dev.latchkey.fixture.");
  }

  private List<String> loadedBy(Class<?> program, String end) throws Exception {
    answerSignIn();
    Path log = directory.resolve(program.getSimpleName());

    try (Program child =
        Program.start(
            program, NO_LOGGING + " -Xlog:class+load:file=" + log + ":none", server.at(""))) {
      assertThat(child.awaitEnd()).contains(end);
    }
    return Files.readAllLines(log).stream().map(line -> line.replaceFirst(" .*", "")).toList();
  }

  private void answerSignIn() {
    Body claims =
        Jwt.claims(server.at("/" + ColdSignIn.TENANT + "/v2.0").toString())
            .with("exp", Instant.now().plus(Duration.ofHours(1)).getEpochSecond())
            .with("tid", ColdSignIn.TENANT)
            .with("preferred_username", "alice@example.com");
    server.answer(ENDPOINTS + "devicecode", Answer.json(200, Body.device().with("interval", 1)));
    server.answer(
        ENDPOINTS + "token", Answer.json(200, Body.tokens().with("id_token", Jwt.of(claims))));
  }
}
