package dev.latchkey.examples.demo;

import static dev.latchkey.examples.demo.DemoScript.check;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.PublicClient;
import dev.latchkey.SignIn;
import dev.latchkey.SignInResult;
import dev.latchkey.TokenSource;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.examples.demo.DemoScript.Told;
import dev.latchkey.graph.GraphClient;
import dev.latchkey.testkit.Endpoint;
import dev.latchkey.testkit.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Keeping a session through what goes wrong, and ending it. */
final class SessionScenes {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration DUE_AFTER = Duration.ofSeconds(1);
  private static final String CLAIMS =
      "{\"access_token\":{\"acrs\":{\"essential\":true,\"value\":\"c1\"}}}";

  private final DemoServers stage;
  private final VerificationPage visitor;
  private final PublicClient client;
  private final Account account;
  private final TokenSource tokens;
  private final GraphClient graph;
  private Instant due = Instant.MAX;

  SessionScenes(DemoServers stage, PublicClient client, Account account) {
    this.stage = stage;
    this.visitor = new VerificationPage(stage.http);
    this.client = client;
    this.account = account;
    this.tokens = client.tokens(account);
    this.graph = stage.graph(tokens);
  }

  SignInResult claimsChallengeLeadsToSignIn(DemoScript script) {
    return script.stepTo(
        "claims_challenge",
        () -> {
          stage.server.people().requireClaims(CLAIMS);
          SignInRequired why = refusedClaims();
          check(CLAIMS.equals(why.claims()), "The claims got lost");
          stage.server.settings().refreshIn(DUE_AFTER);
          SignIn signIn = client.beginSignIn(why);
          visitor.approve(signIn.deviceAuthorization(), String.valueOf(account.username()));
          SignInResult again = signIn.await();
          due = Instant.now().plus(DUE_AFTER);
          check(again.account().equals(account), "It is another account");
          check(graph.me().id() != null, "Graph refuses the new token");
          stage.server.settings().refreshIn(null);
          stage.server.people().requireNoClaims();
          return new Told<>(
              again,
              "Graph wants stronger proof. A refresh cannot bring that, so the call ends as"
                  + " SignInRequired with the claims, the app signs in again with them, and Graph"
                  + " is content.");
        });
  }

  private SignInRequired refusedClaims() {
    try {
      graph.me();
    } catch (SignInRequired why) {
      return why;
    }
    throw new StepFailed("Graph takes the old token");
  }

  /** Is done in the background, while the next step waits. */
  SignIn beginAsSomebodyElse() {
    SignIn signIn = client.beginSignIn();
    boolean fromFabrikam = Objects.equals(account.username(), DemoServers.CHANDRA);
    stage.server.approve(
        signIn.deviceAuthorization().userCode(),
        fromFabrikam ? DemoServers.ADELE : DemoServers.CHANDRA);
    return signIn;
  }

  void lostAnswerHarmsNobody(DemoScript script, AccessToken inHand) {
    script.step(
        "lost_answer",
        () -> {
          DemoScript.sleepUntil(due);
          int before = stage.server.redemptions();
          stage.server.fail(Fault.drop().afterActing().toRefreshes());
          check(tokens.get().value().equals(inHand.value()), "Another token was handed out");
          DemoScript.await(
              () -> stage.server.redemptions() == before + 1, PATIENCE, "Nobody refreshed");
          for (int i = 0; i < 100; i++) {
            check(tokens.get().value().equals(inHand.value()), "The token in hand was dropped");
            Thread.sleep(2);
          }
          check(stage.server.redemptions() == before + 1, "The old refresh token was sent again");
          check(stage.callApi(inHand).statusCode() == 200, "The API refuses the token in hand");
          return "A refresh in good time: the server rotates, but the connection breaks before the"
              + " answer arrives. Nobody notices: the token in hand serves on, and the spent"
              + " refresh token is not tried again.";
        });
  }

  void tenantSwitchIsReported(DemoScript script, SignIn signIn) {
    script.step(
        "tenant_switch",
        () -> {
          SignInResult other = signIn.await();
          check(
              Objects.equals(other.tenantSwitchedFrom(), account.tenantId()),
              "The tenant switch was not reported");
          check(client.accounts().size() == 2, "There should be two accounts");
          check(
              !client.tokens(other.account()).get().value().equals(tokens.get().value()),
              "The two accounts share a token");
          return other.account().username()
              + " of another tenant signs in: the app is told of the switch, and both sessions stay"
              + " apart.";
        });
  }

  void signOutRevokes(DemoScript script, AccessToken inHand) {
    script.step(
        "sign_out",
        () -> {
          List<Account> accounts = client.accounts();
          for (Account each : accounts) {
            check(client.signOut(each).revoked(), "The server did not revoke " + each.username());
          }
          int revocations = stage.server.requests(Endpoint.REVOCATION).size();
          check(revocations == accounts.size(), revocations + " revocations");
          check(client.accounts().isEmpty(), "Somebody is still listed");
          check(isSignedOut(), "There is still a token");
          check(stage.callApi(inHand).statusCode() == 401, "The API still takes the token");
          return "Everybody signs out: the tokens are revoked at the server and forgotten here.";
        });
  }

  private boolean isSignedOut() {
    try {
      tokens.get();
      return false;
    } catch (SignInRequired why) {
      return why.reason() == SignInRequired.Reason.SIGNED_OUT;
    }
  }
}
