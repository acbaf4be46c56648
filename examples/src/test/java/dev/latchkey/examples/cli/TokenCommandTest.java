package dev.latchkey.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.latchkey.examples.fixture.CommandResult;
import dev.latchkey.examples.fixture.Eventually;
import dev.latchkey.examples.fixture.InProcessCli;
import dev.latchkey.testkit.Endpoint;
import dev.latchkey.testkit.Fault;
import dev.latchkey.testkit.RecordedRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenCommandTest {

  private static final String CLAIMS = "{\"access_token\":{\"acrs\":{\"value\":\"c1\"}}}";

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

  /** A gateway loses the head, and the JDK quotes the body in the message of an IOException. */
  @Test
  void tokensOfAResponseWithoutItsHeadAreNotOnStandardError() throws Exception {
    cli.signIn(InProcessCli.ADELE);
    cli.server.close();
    int port = cli.server.baseUrl().getPort();
    // Too short for the log's own filter to take it for a token.
    String tokens = "{\"access_token\":\"access-short\",\"refresh_token\":\"refresh-short\"}";

    CommandResult result;
    try (ServerSocket gateway = new ServerSocket(port, 9, InetAddress.getLoopbackAddress())) {
      Thread answering = new Thread(() -> answerEach(gateway, tokens), "gateway");
      answering.setDaemon(true);
      answering.start();
      result = cli.run("token", "--refresh", "-vv");
    }

    assertThat(result.status()).isEqualTo(16);
    assertThat(result.err())
        .contains("latchkey: ", "Caused by: ", "java.io.IOException")
        .doesNotContain("access-short", "refresh-short");
  }

  private static void answerEach(ServerSocket gateway, String answer) {
    while (!gateway.isClosed()) {
      try (Socket socket = gateway.accept()) {
        if (socket.getInputStream().read(new byte[1 << 16]) > 0) {
          socket.getOutputStream().write(answer.getBytes(UTF_8));
          socket.shutdownOutput();
          socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
      } catch (IOException e) {
        // Closed, or the client was faster.
      }
    }
  }

  @Test
  void withoutScopesTheTokenOfTheSignInComesFromTheStore() throws Exception {
    cli.signIn(InProcessCli.ADELE, "--scope", "User.Read Mail.Read", "--scope", "Files.Read");

    JsonObject token = cli.run("token", "--json").succeeded().event();

    assertThat(token.keySet())
        .containsExactly("event", "access_token", "token_type", "scopes", "expires_at", "source");
    assertThat(token.get("event").getAsString()).isEqualTo("token");
    assertThat(cli.server.secrets()).contains(token.get("access_token").getAsString());
    assertThat(token.get("token_type").getAsString()).isEqualTo("Bearer");
    assertThat(token.getAsJsonArray("scopes").toString()).contains("Mail.Read", "Files.Read");
    assertThat(Instant.parse(token.get("expires_at").getAsString())).isAfter(Instant.now());
    assertThat(token.get("source").getAsString()).isEqualTo("cache");
    assertThat(refreshes()).isZero();
  }

  @Test
  void tokenForTheScopesOfTheSignInComesFromTheStore() throws Exception {
    cli.signIn(InProcessCli.ADELE, "--scope", "User.Read Mail.Read");

    CommandResult result =
        cli.run("token", "--json", "--scope", "Mail.Read", "--scope", "User.Read");

    assertThat(result.succeeded().event().get("source").getAsString()).isEqualTo("cache");
    assertThat(refreshes()).isZero();
  }

  @Test
  void otherScopesHaveATokenOfTheirOwnAndTheFirstOnesKeepTheirs() throws Exception {
    cli.signIn(InProcessCli.ADELE, "--scope", "User.Read Mail.Read"); // consents to both
    cli.signIn(InProcessCli.ADELE, "--scope", "User.Read");

    JsonObject other = cli.run("token", "--json", "--scope", "Mail.Read").succeeded().event();
    JsonObject first = cli.run("token", "--json").succeeded().event();

    assertThat(other.get("source").getAsString()).isEqualTo("refresh");
    assertThat(other.getAsJsonArray("scopes").toString()).contains("Mail.Read");
    assertThat(first.get("source").getAsString()).isEqualTo("cache");
    assertThat(first.get("access_token")).isNotEqualTo(other.get("access_token"));
    assertThat(refreshes()).isEqualTo(1);
  }

  /** The remedy can be pasted, and what was granted before is not lost. */
  @Test
  void tokenForAScopeThatNobodyGrantedNamesTheSignInThatBringsIt() throws Exception {
    cli.signIn(InProcessCli.ADELE, "--scope", "Mail.Read");

    CommandResult refused = cli.run("token", "--json", "--scope", "Files.ReadWrite Team.Read.All");
    String remedy = refused.lastEvent().get("remedy").getAsString();
    Matcher pasted =
        Pattern.compile("latchkey sign-in --account (\\S+) --scope \"([^\"]+)\"").matcher(remedy);

    assertThat(refused.status()).isEqualTo(10);
    assertThat(refused.lastEvent().get("reason").getAsString()).isEqualTo("consent_required");
    assertThat(pasted.find()).as(remedy).isTrue();
    cli.signIn(InProcessCli.ADELE, "--account", pasted.group(1), "--scope", pasted.group(2));
    JsonObject token =
        cli.run("token", "--json", "--scope", "Files.ReadWrite Team.Read.All").succeeded().event();
    JsonObject before = cli.run("token", "--json", "--scope", "Mail.Read").succeeded().event();
    assertThat(token.getAsJsonArray("scopes").toString())
        .contains("Files.ReadWrite", "Team.Read.All");
    assertThat(before.getAsJsonArray("scopes").toString()).contains("Mail.Read");
    assertThat(askedScopes(1).split(" ", -1))
        .contains("Files.ReadWrite", "Team.Read.All", "Mail.Read");
  }

  @Test
  void exactScopesAreSentAsTheyAreNamed() throws Exception {
    cli.signIn(InProcessCli.ADELE, "--scope", "User.Read", "--exact-scope");

    JsonObject token = cli.run("token", "--json", "--exact-scope").succeeded().event();

    assertThat(askedScopes(0)).isEqualTo("User.Read");
    assertThat(token.get("source").getAsString()).isEqualTo("cache");
  }

  private String askedScopes(int signIn) {
    return cli.server
        .requests(Endpoint.DEVICE_AUTHORIZATION)
        .get(signIn)
        .form()
        .getOrDefault("scope", "");
  }

  @Test
  void textIsTheTokenAlone() throws Exception {
    cli.signIn(InProcessCli.ADELE);

    CommandResult result = cli.run("token").succeeded();

    assertThat(result.out().lines()).hasSize(1);
    assertThat(cli.server.secrets()).contains(result.out().strip());
    assertThat(result.err()).isEmpty();
  }

  @Test
  void refreshBringsANewTokenEachTime() throws Exception {
    cli.signIn(InProcessCli.ADELE);

    JsonObject first = cli.run("token", "--json", "--refresh").succeeded().event();
    JsonObject second = cli.run("token", "--json", "--refresh").succeeded().event();

    assertThat(first.get("source").getAsString()).isEqualTo("refresh");
    assertThat(second.get("source").getAsString()).isEqualTo("refresh");
    assertThat(second.get("access_token")).isNotEqualTo(first.get("access_token"));
    assertThat(cli.server.redemptions()).isEqualTo(2);
  }

  @Test
  void expiredTokenIsRefreshedUnasked() throws Exception {
    cli.server.settings().tokenLifetime(Duration.ofSeconds(1));
    JsonObject signedIn = cli.signIn(InProcessCli.ADELE).lastEvent();
    cli.server.settings().tokenLifetime(Duration.ofHours(1));
    Instant end = Instant.parse(signedIn.get("expires_at").getAsString()).plusSeconds(1);
    Eventually.isTrue(() -> Instant.now().isAfter(end), "the token has expired");

    JsonObject token = cli.run("token", "--json").succeeded().event();

    assertThat(token.get("source").getAsString()).isEqualTo("refresh");
  }

  @Test
  void claimsAreSentWithARefresh() throws Exception {
    cli.signIn(InProcessCli.ADELE);

    JsonObject token = cli.run("token", "--json", "--claims", CLAIMS).succeeded().event();

    assertThat(token.get("source").getAsString()).isEqualTo("refresh");
    RecordedRequest refresh =
        cli.server.requests(Endpoint.TOKEN).stream()
            .filter(RecordedRequest::isRefresh)
            .findFirst()
            .orElseThrow();
    assertThat(refresh.form().get("claims")).contains("\"acrs\"");
  }

  @Test
  void claimsThatOnlyThePersonCanSatisfyEndWith10AndAreReported() throws Exception {
    cli.signIn(InProcessCli.ADELE);
    cli.server.people().requireClaims(CLAIMS);

    CommandResult result = cli.run("token", "--json", "--claims", CLAIMS);

    assertThat(result.status()).isEqualTo(10);
    assertThat(result.event().get("type").getAsString()).isEqualTo("SignInRequired");
    assertThat(result.event().get("reason").getAsString()).isEqualTo("claims_challenge");
    assertThat(result.event().get("error").getAsString()).isEqualTo("interaction_required");
    assertThat(result.event().get("claims").getAsString()).isEqualTo(CLAIMS);
    cli.signIn(InProcessCli.ADELE, "--claims", result.event().get("claims").getAsString());
    cli.run("token", "--json", "--refresh").succeeded();
  }

  @Test
  void refreshTokenThatTheStoreDoesNotTakeEndsWith18AndIsReported() throws Exception {
    cli.signIn(InProcessCli.ADELE);
    cli.server.fail(longRefreshToken());

    CommandResult json = cli.run("token", "--json", "--refresh");
    cli.signIn(InProcessCli.ADELE);
    cli.server.fail(longRefreshToken());
    CommandResult text = cli.run("token", "--refresh");

    assertThat(json.events())
        .extracting(event -> event.get("event").getAsString())
        .containsExactly("token", "error");
    assertThat(json.status()).isEqualTo(18);
    assertThat(json.lastEvent().get("type").getAsString()).isEqualTo("TokenStoreFailure");
    assertThat(json.lastEvent().get("reason").getAsString()).isEqualTo("too_large");
    assertThat(text.status()).isEqualTo(18);
    assertThat(text.out().lines()).hasSize(1);
    assertThat(text.err().lines().toList())
        .hasSize(2)
        .first()
        .asString()
        .startsWith(
            "latchkey: The session could not be stored, and you may have to sign in again:");
  }

  private static Fault longRefreshToken() {
    return Fault.rewrite(
            body ->
                body.replaceFirst(
                    "\"refresh_token\":\"[^\"]*\"",
                    "\"refresh_token\":\"" + "r".repeat(120_000) + "\""))
        .toRefreshes();
  }

  @Test
  void revokedSessionEndsWith10AndTheReason() throws Exception {
    cli.signIn(InProcessCli.ADELE);
    cli.server.people().revokeSessions(InProcessCli.ADELE);

    CommandResult result = cli.run("token", "--json", "--refresh");

    assertThat(result.status()).isEqualTo(10);
    assertThat(result.event().get("type").getAsString()).isEqualTo("SignInRequired");
    assertThat(result.event().get("reason").getAsString()).isEqualTo("revoked");
    assertThat(result.event().get("aadsts").toString()).isEqualTo("[50173]");
  }

  @Test
  void ofSeveralAccountsTheRemedyNamesTheOneThatHasToSignIn() throws Exception {
    JsonObject adele = cli.signIn(InProcessCli.ADELE).lastEvent().getAsJsonObject("account");
    cli.signIn(InProcessCli.BRUNO);
    cli.server.people().revokeSessions(InProcessCli.ADELE);

    CommandResult result = cli.run("token", "--json", "--refresh", "--account", InProcessCli.ADELE);

    assertThat(result.status()).isEqualTo(10);
    assertThat(result.event().get("remedy").getAsString())
        .contains("'latchkey sign-in --account " + adele.get("id").getAsString() + "'");
  }

  @Test
  void noAccountSignedInEndsWith10() throws Exception {
    CommandResult json = cli.run("token", "--json");
    CommandResult text = cli.run("token");

    assertThat(json.status()).isEqualTo(10);
    assertThat(json.event().get("type").getAsString()).isEqualTo("SignInRequired");
    assertThat(json.event().get("reason").getAsString()).isEqualTo("signed_out");
    assertThat(text.status()).isEqualTo(10);
    assertThat(text.err().lines())
        .containsExactly(
            "latchkey: No account is signed in",
            "Sign in with 'latchkey sign-in' and the same options.");
  }

  @Test
  void ofSeveralAccountsOneMustBeChosen() throws Exception {
    cli.signIn(InProcessCli.ADELE);
    String bruno =
        cli.signIn(InProcessCli.BRUNO)
            .lastEvent()
            .getAsJsonObject("account")
            .get("id")
            .getAsString();

    CommandResult unsaid = cli.run("token", "--json");
    CommandResult byId = cli.run("token", "--json", "--account", bruno);
    CommandResult byName = cli.run("token", "--json", "--account", "Bruno@Contoso.example");

    assertThat(unsaid.status()).isEqualTo(2);
    assertThat(unsaid.event().get("message").getAsString())
        .contains(InProcessCli.ADELE, InProcessCli.BRUNO, bruno);
    assertThat(byId.succeeded().event().get("access_token"))
        .isEqualTo(byName.succeeded().event().get("access_token"));
  }

  @Test
  void accountThatIsNotSignedInEndsWith10() throws Exception {
    cli.signIn(InProcessCli.ADELE);

    CommandResult result = cli.run("token", "--json", "--account", InProcessCli.BRUNO);

    assertThat(result.status()).isEqualTo(10);
    assertThat(result.event().get("message").getAsString()).contains(InProcessCli.BRUNO);
  }

  private long refreshes() {
    return cli.server.requests(Endpoint.TOKEN).stream().filter(RecordedRequest::isRefresh).count();
  }
}
