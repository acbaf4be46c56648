package dev.latchkey.examples.demo;

import static dev.latchkey.examples.demo.DemoScript.check;

import dev.latchkey.DeviceAuthorization;
import dev.latchkey.PublicClient;
import dev.latchkey.SignIn;
import dev.latchkey.SignInResult;
import dev.latchkey.error.SignInDeclined;
import dev.latchkey.examples.demo.Demo.Person;
import dev.latchkey.examples.demo.DemoScript.Told;
import dev.latchkey.testkit.Fault;
import dev.latchkey.testkit.OAuthFailure;
import dev.latchkey.testkit.RecordedRequest;
import java.time.Duration;
import java.util.List;

/** Signing in: shown, slowed down, declined, approved. */
final class SignInScenes {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final DemoServers stage;
  private final VerificationPage visitor;
  private final PublicClient client;

  SignInScenes(DemoServers stage) {
    this.stage = stage;
    this.visitor = new VerificationPage(stage.http);
    this.client = stage.client(DemoServers.APP);
  }

  PublicClient client() {
    return client;
  }

  /** Goes on in the background: once slowed down, it takes six seconds more. */
  SignIn codeIsShownAndTheServerSaysSlowDown(DemoScript script) {
    return script.stepTo(
        "device_code",
        () -> {
          stage.server.fail(Fault.answer(OAuthFailure.of("slow_down")).toPolls());
          SignIn signIn = stage.client(DemoServers.PATIENT_APP).beginSignIn();
          DeviceAuthorization shown = signIn.deviceAuthorization();
          check(
              stage.server.pendingUserCodes().equals(List.of(shown.userCode())),
              "The server gave another code than the one shown");
          visitor.approve(shown, DemoServers.BRUNO);
          DemoScript.await(
              () -> !stage.tokenRequests(DemoServers.PATIENT_APP).isEmpty(),
              PATIENCE,
              "Nobody polled");
          return new Told<>(
              signIn,
              "An app asks for a code and shows it: "
                  + shown.userCode()
                  + ", to be typed at "
                  + shown.verificationUri()
                  + ". Bruno does so; but to the app's first poll the server says slow_down.");
        });
  }

  /**
   * The two steps, and side by side if the person is no human: each takes a second.
   *
   * @param sideBySide whether the person is asked before the first step has been told
   */
  SignInResult oneIsDeclinedAndOneApproved(DemoScript script, Person person, boolean sideBySide) {
    SignIn begun =
        script.stepTo(
            "sign_in_declined",
            () -> {
              PublicClient another = stage.client(DemoServers.APP);
              SignIn declined = another.beginSignIn();
              visitor.decline(declined.deviceAuthorization());
              SignIn next = sideBySide ? begin(person) : declined;
              expectDeclined(declined);
              check(another.accounts().isEmpty(), "Something was stored");
              return new Told<>(
                  next,
                  "Somebody declines on the page: the app gets SignInDeclined, and nothing is"
                      + " stored.");
            });
    return script.stepTo(
        "sign_in_approved",
        () -> {
          SignInResult signedIn = (sideBySide ? begun : begin(person)).await();
          check(signedIn.canRefresh(), "No refresh token came");
          check(client.accounts().equals(List.of(signedIn.account())), "It is not listed");
          return new Told<>(
              signedIn,
              signedIn.account().username() + " approves: signed in, and listed as the account.");
        });
  }

  private SignIn begin(Person person) throws InterruptedException {
    SignIn signIn = client.beginSignIn();
    person.signIn(signIn.deviceAuthorization());
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
          List<RecordedRequest> polls = stage.tokenRequests(DemoServers.PATIENT_APP);
          check(polls.size() == 2, "Polled " + polls.size() + " times instead of twice");
          Duration waited = polls.get(1).sinceStart().minus(polls.get(0).sinceStart());
          check(waited.toMillis() >= 6000, "Polled again after " + waited.toMillis() + " ms");
          return "The slowed-down app waited "
              + String.format("%.1f", waited.toMillis() / 1000.0)
              + " s instead of 1 s, then "
              + signedIn.account().username()
              + " was signed in there.";
        });
  }
}
