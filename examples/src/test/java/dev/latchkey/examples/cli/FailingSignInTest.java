package dev.latchkey.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.latchkey.examples.fixture.CommandResult;
import dev.latchkey.examples.fixture.Eventually;
import dev.latchkey.examples.fixture.InProcessCli;
import dev.latchkey.testkit.Endpoint;
import dev.latchkey.testkit.Fault;
import dev.latchkey.testkit.OAuthFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way in which a sign-in fails, with its exit status, as one line of JSON and as text. */
class FailingSignInTest {

  @TempDir Path directory;
  private InProcessCli cli;

  @BeforeEach
  void start() {
    cli = InProcessCli.start(directory);
  }

  @AfterEach
  void stop() {
    cli.close();
  }

  @Test
  void declinedEndsWith11() throws Exception {
    cli.server.declineNext();

    CommandResult result = cli.run("sign-in", "--json");

    assertThat(result.status()).isEqualTo(11);
    JsonObject error = result.lastEvent();
    assertThat(error.keySet())
        .containsExactly(
            "event",
            "type",
            "reason",
            "error",
            "aadsts",
            "message",
            "remedy",
            "retry_after",
            "claims");
    assertThat(error.get("event").getAsString()).isEqualTo("error");
    assertThat(error.get("type").getAsString()).isEqualTo("SignInDeclined");
    assertThat(error.get("error").getAsString()).isEqualTo("authorization_declined");
    assertThat(error.get("aadsts").toString()).isEqualTo("[65004]");
    assertThat(error.get("reason").isJsonNull()).isTrue();
    assertThat(error.get("retry_after").isJsonNull()).isTrue();
    assertThat(error.get("claims").isJsonNull()).isTrue();
  }

  @Test
  void declinedIsTwoLinesOfTextAndNoStackTrace() throws Exception {
    cli.server.declineNext();

    CommandResult result = cli.run("sign-in");

    assertThat(result.status()).isEqualTo(11);
    assertThat(result.out()).isEmpty();
    String said = result.err().substring(result.err().indexOf("latchkey: "));
    assertThat(said.lines().count()).isBetween(1L, 3L);
    assertThat(said).doesNotContain("\tat ");
  }

  @Test
  void stackTraceComesWithVv() throws Exception {
    cli.server.declineNext();

    CommandResult result = cli.run("sign-in", "-vv");

    assertThat(result.status()).isEqualTo(11);
    assertThat(result.err()).contains("SignInDeclined: ", "\tat dev.latchkey.");
  }

  @Test
  void expiredEndsWith12() throws Exception {
    cli.server.settings().codeLifetime(Duration.ofSeconds(2));

    CommandResult result = cli.run("sign-in", "--json");

    assertThat(result.status()).isEqualTo(12);
    assertThat(result.lastEvent().get("type").getAsString()).isEqualTo("SignInExpired");
  }

  @Test
  void policyEndsWith13AndItsAadstsCode() throws Exception {
    cli.server.fail(
        Fault.answer(OAuthFailure.of("access_denied").aadsts(53003)).to(Endpoint.TOKEN));

    CommandResult result = cli.run("sign-in", "--json");

    assertThat(result.status()).isEqualTo(13);
    assertThat(result.lastEvent().get("type").getAsString()).isEqualTo("AdminActionRequired");
    assertThat(result.lastEvent().get("aadsts").toString()).isEqualTo("[53003]");
  }

  @Test
  void publicClientFlowsOffEndsWith14AndTheRemedy() throws Exception {
    cli.server.fail(
        Fault.answer(OAuthFailure.of("invalid_client").aadsts(7000218)).to(Endpoint.TOKEN));

    CommandResult result = cli.run("sign-in", "--json");

    assertThat(result.status()).isEqualTo(14);
    assertThat(result.lastEvent().get("type").getAsString()).isEqualTo("AppMisconfigured");
    assertThat(result.lastEvent().get("remedy").getAsString())
        .contains("Allow public client flows");
  }

  @Test
  void accountOfAnotherTenantEndsWith15() throws Exception {
    cli.variables.put("LATCHKEY_ENTRA", "contoso.example");
    cli.server.approveNext(InProcessCli.CHANDRA);

    CommandResult result = cli.run("sign-in", "--json");

    assertThat(result.status()).isEqualTo(15);
    assertThat(result.lastEvent().get("type").getAsString()).isEqualTo("AccountProblem");
  }

  @Test
  void throttledEndsWith16AndTheTimeToWait() throws Exception {
    cli.server.fail(Fault.status(429).header("Retry-After", "7").to(Endpoint.DEVICE_AUTHORIZATION));

    CommandResult result = cli.run("sign-in", "--json");

    assertThat(result.status()).isEqualTo(16);
    assertThat(result.event().get("type").getAsString()).isEqualTo("Throttled");
    assertThat(result.event().get("retry_after").getAsInt()).isEqualTo(7);
  }

  @Test
  void noConnectionEndsWith16() throws Exception {
    cli.server.close();

    CommandResult result = cli.run("sign-in", "--json");

    assertThat(result.status()).isEqualTo(16);
    assertThat(result.event().get("type").getAsString()).isEqualTo("ServiceUnavailable");
    assertThat(result.event().get("remedy").getAsString()).contains("server is running");
  }

  @ParameterizedTest
  @CsvSource({
    "invalid_grant, 14, AppMisconfigured",
    "expired_token, 14, AppMisconfigured",
    "login_required, 13, AdminActionRequired",
    "interaction_required, 13, AdminActionRequired",
  })
  void refusalBeforeThereIsACodeNeverEndsWith10(String error, int status, String type)
      throws Exception {
    cli.server.fail(Fault.answer(OAuthFailure.of(error)).to(Endpoint.DEVICE_AUTHORIZATION));

    CommandResult result = cli.run("sign-in", "--json");

    assertThat(result.status()).isEqualTo(status);
    assertThat(result.event().get("type").getAsString()).isEqualTo(type);
  }

  @Test
  void wrongIssuerEndsWith17() throws Exception {
    cli.server.settings().idTokenClaim("iss", "https://evil.example/");
    cli.server.approveNext(InProcessCli.ADELE);

    CommandResult result = cli.run("sign-in", "--json");

    assertThat(result.status()).isEqualTo(17);
    assertThat(result.lastEvent().get("type").getAsString()).isEqualTo("InvalidResponse");
    assertThat(cli.run("accounts", "--json").succeeded().out()).isEmpty();
  }

  @Test
  void sessionThatCannotBeStoredIsReportedAndEndsWith18() throws Exception {
    InProcessCli.Running running = cli.begin("sign-in", "--json");
    Eventually.isTrue(() -> running.out().endsWith("\n"), "the code is shown");
    Path store = directory.resolve("store").resolve("dev.latchkey.cli");
    try (var files = Files.list(store)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(store);
    Files.writeString(store, "no directory any more");
    cli.server.approve(cli.server.pendingUserCodes().get(0), InProcessCli.ADELE);

    CommandResult result = running.finish();

    assertThat(result.status()).isEqualTo(18);
    assertThat(result.events().get(1).get("event").getAsString()).isEqualTo("signed_in");
    assertThat(result.lastEvent().get("type").getAsString()).isEqualTo("TokenStoreFailure");
    assertThat(result.lastEvent().get("reason").getAsString()).isEqualTo("unavailable");
  }

  @Test
  void interruptCancelsAndEndsWith130() throws Exception {
    InProcessCli.Running running = cli.begin("sign-in", "--json");
    Eventually.isTrue(() -> running.out().endsWith("\n"), "the code is shown");

    running.interrupt();

    CommandResult result = running.finish();
    assertThat(result.status()).isEqualTo(130);
    assertThat(result.lastEvent().get("type").getAsString()).isEqualTo("SignInCancelled");
  }

  @Test
  void interruptCancelsEvenBeforeTheServerHasAnswered() throws Exception {
    cli.server.fail(Fault.hang().to(Endpoint.DEVICE_AUTHORIZATION));
    InProcessCli.Running running = cli.begin("sign-in", "--json");
    cli.server.awaitRequests(Endpoint.DEVICE_AUTHORIZATION, 1, Duration.ofSeconds(30));

    running.interrupt();

    CommandResult result = running.finish();
    assertThat(result.status()).isEqualTo(130);
    assertThat(result.event().get("type").getAsString()).isEqualTo("SignInCancelled");
  }
}
