package dev.latchkey.examples.demo;

import dev.latchkey.AccessToken;
import dev.latchkey.DeviceAuthorization;
import dev.latchkey.SignIn;
import dev.latchkey.SignInResult;
import dev.latchkey.error.LatchkeyException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * The story of a sign-in and of working with Graph, from the code on the screen to the sign-out, on
 * servers in this process.
 */
public final class Demo {

  private final Narrator narrator;

  /** Creates a demo that tells its story to a narrator. */
  public Demo(Narrator narrator) {
    this.narrator = narrator;
  }

  /**
   * Plays all steps, and stops at the first that fails.
   *
   * @param port where the server listens; 0 for any free port
   * @param auto whether the demo itself plays the person at the browser
   * @throws StepFailed if a check failed
   * @throws LatchkeyException if the person at the browser did not sign in
   * @throws UncheckedIOException if the port is in use
   */
  public void run(int port, boolean auto) {
    try (DemoServers servers = new DemoServers(port)) {
      narrator.opened(servers.server.baseUrl());
      DemoScript script = new DemoScript(narrator);
      BrowserUser user = auto ? asAdele(servers) : narrator::ask;
      SignInScenes signIns = new SignInScenes(servers);
      SignIn patient = signIns.codeIsShownAndTheServerSaysSlowDown(script);
      SignInResult signedIn = signIns.oneIsDeclinedAndOneApproved(script, user, auto);
      TokenScenes tokens = new TokenScenes(servers, signIns.client(), signedIn.account());
      tokens.memoryServes(script, signedIn.token());
      AccessToken replaced = tokens.refusedTokenIsReplaced(script, signedIn.token());
      AccessToken refreshed = tokens.expiredTokenIsRefreshed(script, replaced);
      tokens.oneRefreshServesAllThreads(script, refreshed);
      GraphScenes graph = new GraphScenes(servers, signIns.client(), signedIn.account());
      graph.folderIsListed(script);
      graph.fileGoesUpAndDown(script);
      graph.messageIsPosted(script);
      graph.taskIsCompleted(script);
      graph.listingOutlivesItsToken(script);
      SessionScenes sessions = new SessionScenes(servers, signIns.client(), signedIn.account());
      SignInResult again = sessions.claimsChallengeLeadsToSignIn(script);
      SignIn other = sessions.beginAsSomebodyElse();
      signIns.patientOneIsSignedIn(script, patient);
      sessions.lostAnswerHarmsNobody(script, again.token());
      sessions.tenantSwitchIsReported(script, other);
      sessions.signOutRevokes(script, again.token());
    }
  }

  /**
   * Keeps the servers running for other programs until the thread is interrupted.
   *
   * @param port where they listen; 0 for any free port
   * @throws UncheckedIOException if the port is in use
   */
  public void serve(int port) throws InterruptedException {
    try (DemoServers servers = new DemoServers(port)) {
      narrator.serving(serving(servers));
      new CountDownLatch(1).await();
    }
  }

  private static RunningServers serving(DemoServers servers) {
    return new RunningServers(
        servers.server.baseUrl(),
        servers.server.graph().url(),
        DemoServers.APP,
        List.of(DemoServers.SCOPES),
        List.of(DemoContent.PEOPLE),
        DemoContent.TEAM,
        List.of("General", DemoContent.CHANNEL),
        DemoContent.SITE_HOST + ":" + DemoContent.SITE_PATH,
        servers.content.team.drive().id());
  }

  /** The person at the browser. */
  interface BrowserUser {
    void signIn(DeviceAuthorization shown) throws InterruptedException;
  }

  private static BrowserUser asAdele(DemoServers servers) {
    return shown -> new VerificationPage(servers.http).approve(shown, DemoServers.ADELE);
  }
}
