package dev.latchkey.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.Entra;
import dev.latchkey.PublicClient;
import dev.latchkey.TokenSource;
import dev.latchkey.testkit.Endpoint;
import dev.latchkey.testkit.FakeAuthorizationServer;
import dev.latchkey.testkit.TestMail;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Runs the programs against the testkit's servers. {@link KeyringSession} has a test of its own.
 */
@Isolated("replaces System.out, which picocli compares with the one it saw when it was set up")
class QuickstartTest {

  private static final String ADELE = "adele@contoso.example";
  private static final String BRUNO = "bruno@contoso.example";
  private static final String CLAIMS =
      "{\"access_token\":{\"acrs\":{\"essential\":true,\"value\":\"c1\"}}}";

  @TempDir Path directory;
  private final FakeAuthorizationServer server =
      FakeAuthorizationServer.builder()
          .interval(Duration.ofSeconds(1))
          .settings(settings -> settings.revocationEndpoint(true))
          .start();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void firstSignInShowsTheCodeAndGetsAToken() {
    server.approveNext(ADELE);

    String out = run(FirstSignIn::main);

    assertThat(out)
        .contains("Open " + server.verificationUri(), "Signed in as " + ADELE, "Authorization")
        .contains("for this screen only"); // RFC 8628 §5.4
    assertThat(server.secrets()).noneMatch(out::contains);
  }

  @Test
  void secondAccountStaysSignedInWhenTheFirstSignsOut() {
    server.approveNext(ADELE);
    server.approveNext(BRUNO);

    String out = run(SecondAccount::main);

    assertThat(out).contains("Signed in: " + ADELE, "Signed in: " + BRUNO, "Still signed in: true");
  }

  @Test
  void claimsChallengeLeadsToASecondSignIn() {
    server.approveEvery(ADELE);
    server.people().requireClaims(CLAIMS);

    String out = run(ChallengedSignIn::main);

    assertThat(out).containsSubsequence("Open ", "Signing in again: ", "Open ", "Hello, ");
  }

  @Test
  void uploadPutsTheFileInTheDrive() throws Exception {
    server.approveNext(ADELE);
    Path file = Files.writeString(directory.resolve("report.txt"), "All is well.");

    String out = run(DriveUpload::main, file.toString());

    assertThat(out).contains("12 of 12 bytes", "Uploaded report.txt, 12 bytes");
    assertThat(server.graph().drive(ADELE).fileText("Uploads/report.txt"))
        .isEqualTo("All is well.");
  }

  @Test
  void mailIsSentOnceThoughTheProgramRunsTwice() {
    server.approveEvery(ADELE);
    String journal = directory.resolve("journal").toString();

    run(OnceOnlyMail::main, journal, "ann@example.com");
    String out = run(OnceOnlyMail::main, journal, "ann@example.com");

    assertThat(out).contains("Invoice 42 is sent");
    assertThat(server.graph().mailbox(ADELE).sent())
        .extracting(TestMail::subject)
        .containsExactly("Invoice 42");
  }

  @Test
  void asyncSignInGetsAToken() {
    server.approveNext(ADELE);

    String out = run(AsyncSignIn::main);

    assertThat(out).containsSubsequence("for this screen only", "A token until ");
  }

  @Test
  void asyncSignInThatIsDeclinedEndsWithItsRemedy() {
    server.declineNext();

    String out = run(AsyncSignIn::main);

    assertThat(out)
        .endsWith(
            "Sign in again and accept the permissions that the app asks for."
                + System.lineSeparator());
  }

  @Test
  void requestThatIsRefusedIsSentOnceMoreWithANewToken() throws Exception {
    server.approveNext(ADELE);
    PublicClient client =
        PublicClient.builder()
            .authorizationServer(Entra.common().authorityHost(server.baseUrl()))
            .clientId("quickstart")
            .scopes("User.Read")
            .build();
    TokenSource tokens = client.tokens(client.beginSignIn().await().account());
    OwnApiCall call = new OwnApiCall(HttpClient.newHttpClient(), tokens);
    URI me = URI.create(server.graph().url() + "/me");
    server.expireAccessTokens();

    var response = call.send(HttpRequest.newBuilder(me).build(), BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("Adele");
    assertThat(server.requests(Endpoint.GRAPH)).hasSize(2);
  }

  @Test
  void missingClientIdIsNamed() {
    assertThatThrownBy(new QuickstartSettings(Map.of())::clientId)
        .hasMessage("LATCHKEY_CLIENT_ID is not set");
  }

  /** A program to copy has to be short. */
  @Test
  void everyProgramIsFifteenToSixtyLinesLong() throws Exception {
    Path sources = Path.of("src/main/java/dev/latchkey/examples/quickstart");
    try (Stream<Path> all = Files.list(sources)) {
      for (Path source : all.filter(file -> !file.endsWith("package-info.java")).toList()) {
        assertThat(Files.readAllLines(source)).as("%s", source).hasSizeBetween(15, 60);
      }
    }
  }

  private String run(Consumer<String[]> program, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("LATCHKEY_CLIENT_ID=quickstart");
    all.add("LATCHKEY_AUTHORITY_HOST=" + server.baseUrl());
    all.add("LATCHKEY_GRAPH_URL=" + server.graph().url());
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      program.accept(all.toArray(String[]::new));
    } finally {
      System.setOut(before);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
