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

/** Keeping a session in spite of failures, and ending it. */
final class SessionScenes {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration DUE_AFTER = Duration.ofSeconds(1);
  private static final String CLAIMS =
      "{\"access_token\":{\"acrs\":{\"essential\":true,\"value\":\"c1\"}}}";

  private final DemoServers servers;
  private final VerificationPage visitor;
  private final PublicClient client;
  private final Account account;
  private final TokenSource tokens;
  private final GraphClient graph;
  private Instant due = Instant.MAX;

  SessionScenes(DemoServers servers, PublicClient client, Account account) {
    this.servers = servers;
    this.visitor = new VerificationPage(servers.http);
    this.client = client;
    this.account = account;
    this.tokens = client.tokens(account);
    this.graph = servers.graph(tokens);
  }

  SignInResult claimsChallengeLeadsToSignIn(DemoScript script) {
    return script.stepTo(
        "claims_challenge",
        () -> {
          servers.server.people().requireClaims(CLAIMS);
          SignInRequired why = refusedClaims();
          check(CLAIMS.equals(why.claims()), "The claims were lost");
          servers.server.settings().refreshIn(DUE_AFTER);
          SignIn signIn = client.beginSignIn(why);
          visitor.approve(signIn.deviceAuthorization(), String.valueOf(account.username()));
          SignInResult again = signIn.await();
          due = Instant.now().plus(DUE_AFTER);
          check(again.account().equals(account), "The account has changed");
          check(graph.me().id() != null, "Graph rejects the new token");
          servers.server.settings().refreshIn(null);
          servers.server.people().requireNoClaims();
          return new Told<>(
              again,
              "Graph demands a stronger sign-in. A refresh cannot provide it, so the call throws"
                  + " SignInRequired with the claims. The app signs in again with them, and"
                  + " Graph accepts the new token.");
        });
  }

  private SignInRequired refusedClaims() {
    try {
      graph.me();
    } catch (SignInRequired why) {
      return why;
    }
    throw new StepFailed("Graph still accepts the old token");
  }

  /** Begins in the background, while the next step waits. */
  SignIn beginAsSomebodyElse() {
    SignIn signIn = client.beginSignIn();
    boolean fromFabrikam = Objects.equals(account.username(), DemoServers.CHANDRA);
    servers.server.approve(
        signIn.deviceAuthorization().userCode(),
        fromFabrikam ? DemoServers.ADELE : DemoServers.CHANDRA);
    return signIn;
  }

  void lostAnswerHarmsNobody(DemoScript script, AccessToken inHand) {
    script.step(
        "lost_answer",
        () -> {
          DemoScript.sleepUntil(due);
          int before = servers.server.redemptions();
          servers.server.fail(Fault.drop().afterActing().toRefreshes());
          check(tokens.get().value().equals(inHand.value()), "The token has changed");
          DemoScript.await(
              () -> servers.server.redemptions() == before + 1, PATIENCE, "No refresh was sent");
          for (int i = 0; i < 100; i++) {
            check(tokens.get().value().equals(inHand.value()), "The current token was dropped");
            Thread.sleep(2);
          }
          check(servers.server.redemptions() == before + 1, "The old refresh token was sent again");
          check(servers.callApi(inHand).statusCode() == 200, "The API rejects the current token");
          return "The app refreshes ahead of time. The server rotates the refresh token, but the"
              + " connection breaks before the answer arrives. The current token stays in use,"
              + " and the spent refresh token is not sent again.";
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
              + " signs in from another tenant. The app learns of the switch, and the two sessions"
              + " stay separate.";
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
          int revocations = servers.server.requests(Endpoint.REVOCATION).size();
          check(revocations == accounts.size(), revocations + " revocations");
          check(client.accounts().isEmpty(), "An account is still listed");
          check(isSignedOut(), "A token is still available");
          check(servers.callApi(inHand).statusCode() == 401, "The API still accepts the token");
          return "Both accounts sign out. The server revokes their tokens, and the app forgets"
              + " them.";
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
