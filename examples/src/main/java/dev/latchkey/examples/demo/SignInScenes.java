package dev.latchkey.examples.demo;

import static dev.latchkey.examples.demo.DemoScript.check;

import dev.latchkey.DeviceAuthorization;
import dev.latchkey.PublicClient;
import dev.latchkey.SignIn;
import dev.latchkey.SignInResult;
import dev.latchkey.error.SignInDeclined;
import dev.latchkey.examples.demo.Demo.BrowserUser;
import dev.latchkey.examples.demo.DemoScript.Told;
import dev.latchkey.testkit.Fault;
import dev.latchkey.testkit.OAuthFailure;
import dev.latchkey.testkit.RecordedRequest;
import java.time.Duration;
import java.util.List;

/** Signing in: a code shown, slowed down, declined, approved. */
final class SignInScenes {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final DemoServers servers;
  private final VerificationPage visitor;
  private final PublicClient client;

  SignInScenes(DemoServers servers) {
    this.servers = servers;
    this.visitor = new VerificationPage(servers.http);
    this.client = servers.client(DemoServers.APP);
  }

  PublicClient client() {
    return client;
  }

  /** The sign-in continues in the background: slow_down makes it take six seconds more. */
  SignIn codeIsShownAndTheServerSaysSlowDown(DemoScript script) {
    return script.stepTo(
        "device_code",
        () -> {
          servers.server.fail(Fault.answer(OAuthFailure.of("slow_down")).toPolls());
          SignIn signIn = servers.client(DemoServers.PATIENT_APP).beginSignIn();
          DeviceAuthorization shown = signIn.deviceAuthorization();
          check(
              servers.server.pendingUserCodes().equals(List.of(shown.userCode())),
              "The server gave another code than the one shown");
          visitor.approve(shown, DemoServers.BRUNO);
          DemoScript.await(
              () -> !servers.tokenRequests(DemoServers.PATIENT_APP).isEmpty(),
              PATIENCE,
              "Nobody polled");
          return new Told<>(
              signIn,
              "An app requests a code and shows it: "
                  + shown.userCode()
                  + ", to be entered at "
                  + shown.verificationUri()
                  + ". Bruno enters it. The server answers the app's first poll with slow_down.");
        });
  }

  /**
   * Plays the two steps, at the same time if the user is the demo itself: each takes a second.
   *
   * @param sideBySide whether the second sign-in begins before the first step has been told
   */
  SignInResult oneIsDeclinedAndOneApproved(
      DemoScript script, BrowserUser user, boolean sideBySide) {
    SignIn begun =
        script.stepTo(
            "sign_in_declined",
            () -> {
              PublicClient another = servers.client(DemoServers.APP);
              SignIn declined = another.beginSignIn();
              visitor.decline(declined.deviceAuthorization());
              SignIn next = sideBySide ? begin(user) : declined;
              expectDeclined(declined);
              check(another.accounts().isEmpty(), "A session was stored");
              return new Told<>(
                  next,
                  "Someone declines on the page. The app gets SignInDeclined, and nothing is"
                      + " stored.");
            });
    return script.stepTo(
        "sign_in_approved",
        () -> {
          SignInResult signedIn = (sideBySide ? begun : begin(user)).await();
          check(signedIn.canRefresh(), "The server issued no refresh token");
          check(client.accounts().equals(List.of(signedIn.account())), "The account is not listed");
          return new Told<>(
              signedIn,
              signedIn.account().username()
                  + " approves. The app has a session, and lists the account.");
        });
  }

  private SignIn begin(BrowserUser user) throws InterruptedException {
    SignIn signIn = client.beginSignIn();
    user.signIn(signIn.deviceAuthorization());
    return signIn;
  }

  private static void expectDeclined(SignIn signIn) {
    try {
      signIn.await();
    } catch (SignInDeclined why) {
      return;
    }
    throw new StepFailed("A declined sign-in succeeded");
  }

  void patientOneIsSignedIn(DemoScript script, SignIn signIn) {
    script.step(
        "slow_down_obeyed",
        () -> {
          SignInResult signedIn = signIn.await();
          List<RecordedRequest> polls = servers.tokenRequests(DemoServers.PATIENT_APP);
          check(polls.size() == 2, "Polled " + polls.size() + " times instead of twice");
          Duration waited = polls.get(1).sinceStart().minus(polls.get(0).sinceStart());
          check(waited.toMillis() >= 6000, "Polled again after " + waited.toMillis() + " ms");
          return "The app that was told to slow down waited "
              + String.format("%.1f", waited.toMillis() / 1000.0)
              + " s instead of 1 s; then "
              + signedIn.account().username()
              + " was signed in.";
        });
  }
}
