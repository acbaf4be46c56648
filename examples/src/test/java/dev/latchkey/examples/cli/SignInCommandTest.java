package dev.latchkey.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.latchkey.examples.fixture.CommandResult;
import dev.latchkey.examples.fixture.Eventually;
import dev.latchkey.examples.fixture.InProcessCli;
import dev.latchkey.examples.fixture.QrReader;
import dev.latchkey.testkit.Endpoint;
import dev.latchkey.testkit.Fault;
import dev.latchkey.testkit.TestUser;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignInCommandTest {

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
  void jsonShowsTheCodeBeforeAnyoneHasEnteredIt() throws Exception {
    InProcessCli.Running running = cli.begin("sign-in", "--json");
    Eventually.isTrue(() -> running.out().endsWith("\n"), "the first line is there");
    JsonObject first = new CommandResult(0, running.out(), "").event();

    assertThat(first.keySet())
        .containsExactly(
            "event",
            "user_code",
            "verification_uri",
            "verification_uri_complete",
            "message",
            "expires_in",
            "interval");
    assertThat(first.get("event").getAsString()).isEqualTo("device_authorization");
    String code = first.get("user_code").getAsString();
    assertThat(cli.server.pendingUserCodes()).containsExactly(code);
    assertThat(first.get("verification_uri").getAsString())
        .isEqualTo(cli.server.verificationUri().toString());
    assertThat(first.get("verification_uri_complete").isJsonNull()).isTrue();
    assertThat(first.get("message").getAsString()).contains(code);
    assertThat(first.get("expires_in").getAsInt()).isEqualTo(900);
    assertThat(first.get("interval").getAsInt()).isEqualTo(1);
    cli.server.approve(code, InProcessCli.ADELE);
    running.finish().succeeded();
  }

  @Test
  void jsonNamesWhoSignedIn() throws Exception {
    Instant before = Instant.now();

    CommandResult result = cli.signIn(InProcessCli.ADELE, "--scope", "User.Read Mail.Read");

    JsonObject done = result.lastEvent();
    assertThat(result.events()).hasSize(2);
    assertThat(done.keySet())
        .containsExactly(
            "event", "account", "scopes", "expires_at", "can_refresh", "tenant_switched_from");
    assertThat(done.get("event").getAsString()).isEqualTo("signed_in");
    JsonObject account = done.getAsJsonObject("account");
    TestUser adele = TestUser.of(InProcessCli.ADELE);
    assertThat(account.keySet()).containsExactly("id", "username", "tenant_id", "issuer", "name");
    assertThat(account.get("id").getAsString()).matches("[0-9a-f]{32}");
    assertThat(account.get("username").getAsString()).isEqualTo(InProcessCli.ADELE);
    assertThat(account.get("tenant_id").getAsString()).isEqualTo(adele.tenantId());
    assertThat(account.get("issuer").getAsString())
        .isEqualTo(cli.server.issuer("contoso.example").toString());
    assertThat(account.get("name").getAsString()).isEqualTo("Adele Vance");
    assertThat(done.getAsJsonArray("scopes").toString()).contains("User.Read", "Mail.Read");
    assertThat(Instant.parse(done.get("expires_at").getAsString()))
        .isBetween(before.plusSeconds(3599), Instant.now().plusSeconds(3600));
    assertThat(done.get("can_refresh").getAsBoolean()).isTrue();
    assertThat(done.get("tenant_switched_from").isJsonNull()).isTrue();
  }

  @Test
  void textShowsCodeAddressAndQrCodeOnStandardError() throws Exception {
    cli.discover();
    cli.server.settings().verificationUriComplete(true);
    cli.server.approveNext(InProcessCli.ADELE);

    CommandResult result = cli.run("sign-in").succeeded();

    String tenant = TestUser.of(InProcessCli.ADELE).tenantId();
    assertThat(result.out())
        .isEqualTo(
            "You are signed in as "
                + InProcessCli.ADELE
                + " (Adele Vance) of tenant "
                + tenant
                + ".\n");
    assertThat(result.err()).contains(cli.server.verificationUri().toString());
    String code = QrReader.read(result.err()).replaceFirst(".*user_code=", "");
    assertThat(result.err()).contains(code);
  }

  @Test
  void withoutAMessageTheCodeIsShownInTheProgramsWords() throws Exception {
    cli.server.fail(
        Fault.rewrite(body -> body.replace("\"message\"", "\"unknown\""))
            .to(Endpoint.DEVICE_AUTHORIZATION));
    cli.server.approveNext(InProcessCli.ADELE);

    CommandResult result = cli.run("sign-in").succeeded();

    assertThat(result.err())
        .containsPattern("To sign in, open  " + cli.server.verificationUri() + "\n")
        .containsPattern("and enter         [A-Z0-9-]{8,9}\n");
  }

  /** RFC 8628 §5.4. */
  @Test
  void codeIsShownWithTheWarningThatItIsForThisScreenOnly() throws Exception {
    cli.server.approveNext(InProcessCli.ADELE);
    CommandResult text = cli.run("sign-in").succeeded();
    CommandResult json = cli.signIn(InProcessCli.ADELE);

    for (CommandResult result : List.of(text, json)) {
      assertThat(result.err())
          .containsOnlyOnce("for the sign-in on this screen only")
          .contains("enter no code that somebody sent you");
      assertThat(result.out()).doesNotContain("this screen");
    }
  }

  @Test
  void languageAndClaimsReachTheServer() throws Exception {
    String claims = "{\"id_token\":{\"acr\":{\"essential\":true}}}";

    CommandResult result = cli.signIn(InProcessCli.ADELE, "--mkt", "de-DE", "--claims", claims);

    var begun = cli.server.requests(Endpoint.DEVICE_AUTHORIZATION).get(0);
    assertThat(begun.query()).containsEntry("mkt", "de-DE");
    assertThat(begun.form().get("claims")).contains("\"acr\"");
    assertThat(result.events().get(0).get("message").getAsString()).contains("Code");
  }

  @Test
  void anotherTenantIsReported() throws Exception {
    cli.signIn(InProcessCli.ADELE);

    CommandResult result = cli.signIn(InProcessCli.CHANDRA);

    assertThat(result.lastEvent().get("tenant_switched_from").getAsString())
        .isEqualTo(TestUser.of(InProcessCli.ADELE).tenantId());
  }

  @Test
  void missingRefreshTokenIsPointedOut() throws Exception {
    cli.server.settings().withholdScopes("offline_access", "Mail.Read");
    cli.server.approveNext(InProcessCli.ADELE);

    CommandResult result = cli.run("sign-in", "--scope", "Mail.Read").succeeded();

    assertThat(result.err())
        .contains("The server issued no refresh token")
        .contains("The server did not grant these scopes: Mail.Read");
  }

  /** Nothing says who has signed in, so the account would be a new one each time. */
  @Test
  void withoutAnIdTokenASessionThatEndedIsRenewed() throws Exception {
    String scope = "User.Read offline_access";
    CommandResult first = cli.signIn(InProcessCli.ADELE, "--exact-scope", "--scope", scope);
    cli.server.people().revokeSessions(InProcessCli.ADELE);
    assertThat(cli.run("token", "--refresh").status()).isEqualTo(10);

    CommandResult again = cli.signIn(InProcessCli.ADELE, "--exact-scope", "--scope", scope);

    assertThat(again.lastEvent().get("account")).isEqualTo(first.lastEvent().get("account"));
    assertThat(again.lastEvent().getAsJsonObject("account").get("username").isJsonNull()).isTrue();
    cli.run("token", "--refresh").succeeded();
  }

  @Test
  void withoutAnIdTokenASignInBesideALiveSessionAddsAnAccount() throws Exception {
    String scope = "User.Read offline_access";
    CommandResult first = cli.signIn(InProcessCli.ADELE, "--exact-scope", "--scope", scope);

    CommandResult other = cli.signIn(InProcessCli.BRUNO, "--exact-scope", "--scope", scope);

    assertThat(other.lastEvent().get("account")).isNotEqualTo(first.lastEvent().get("account"));
    assertThat(cli.run("accounts", "--json").succeeded().events()).hasSize(2);
  }

  @Test
  void accountThatIsNotSignedInYetIsPointedOut() throws Exception {
    cli.server.approveNext(InProcessCli.ADELE);
    CommandResult first = cli.run("sign-in", "--account", InProcessCli.ADELE).succeeded();
    cli.server.approveNext(InProcessCli.ADELE);
    CommandResult again = cli.run("sign-in", "--account", InProcessCli.ADELE).succeeded();

    assertThat(first.err()).contains(InProcessCli.ADELE + " is not signed in yet");
    assertThat(again.err()).doesNotContain("not signed in yet");
  }

  @Test
  void anotherPersonThanExpectedIsPointedOut() throws Exception {
    cli.server.approveNext(InProcessCli.BRUNO);

    CommandResult result = cli.run("sign-in", "--account", InProcessCli.ADELE).succeeded();

    assertThat(result.out()).contains(InProcessCli.BRUNO);
    assertThat(result.err()).contains("not the account " + InProcessCli.ADELE);
  }
}
