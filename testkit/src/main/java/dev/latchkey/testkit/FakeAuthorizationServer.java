package dev.latchkey.testkit;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * An authorization server in the shape of Microsoft Entra ID, on loopback and in the test's own
 * process. It signs people in with the device authorization grant, on a real web page or at a word
 * of the test, and lets go wrong whatever should.
 *
 * <p>To test the sign-in dialog of an app, point the app's client at it and play the person:
 *
 * <pre>{@code
 * class SignInDialogTest {
 *   FakeAuthorizationServer server =
 *       FakeAuthorizationServer.builder().interval(Duration.ofSeconds(1)).start();
 *
 *   SignInDialog dialog =                         // the app's own
 *       new SignInDialog(
 *           PublicClient.builder()
 *               .authorizationServer(Entra.common().authorityHost(server.baseUrl()))
 *               .clientId("1950a258-227b-4e31-a9cf-717495945fc2")
 *               .scopes("User.Read")
 *               .build());
 *
 *   @AfterEach
 *   void close() {
 *     server.close();
 *   }
 *
 *   @Test
 *   void showsTheCodeAndThenWhoIsSignedIn() {
 *     dialog.open();
 *     server.approve(dialog.shownCode(), "adele@contoso.example");
 *
 *     assertEquals("Signed in as Adele Vance", dialog.awaitOutcome());
 *   }
 *
 *   @Test
 *   void saysThatThePersonDeclined() {
 *     server.declineNext();
 *     dialog.open();
 *
 *     assertEquals("You declined. Try again?", dialog.awaitOutcome());
 *   }
 *
 *   @Test
 *   void sitsOutABadMoment() {
 *     server.approveNext("adele@contoso.example");
 *     server.fail(Fault.status(503).toPolls(), Fault.drop().toPolls());
 *     dialog.open();
 *
 *     assertEquals("Signed in as Adele Vance", dialog.awaitOutcome());
 *   }
 * }
 * }</pre>
 *
 * <p>What comes later, too: {@link #revokeSessions}, {@link #withdrawConsent}, {@link
 * #requireClaims}. And {@link #secrets} are what no log of the app may contain. An app that works
 * with Microsoft Graph finds one, with the same users, at {@link #graph}.
 *
 * <p>Thread-safe. No method blocks but {@link #awaitRequests}. A server that nobody closes does not
 * keep the program alive.
 */
public final class FakeAuthorizationServer extends FakeServerPeople implements AutoCloseable {

  private final Transport transport;
  private final GraphHost graphHost;
  private final FakeGraph graph;

  FakeAuthorizationServer(Settings settings, Directory directory, int port) throws IOException {
    super(settings, new Services(settings, directory));
    transport =
        new Transport(port, services.router, services.faults, services.log, services.clock, false);
    var claims = new Requirements();
    graphHost = new GraphHost(services, new GraphTokens(services.bearerCheck, claims));
    graph = new FakeGraph(baseUrl(), services, graphHost, claims);
    transport.start();
  }

  /**
   * Starts to set up a server.
   *
   * @return a builder with the defaults of Entra ID
   */
  public static FakeAuthorizationServerBuilder builder() {
    return new FakeAuthorizationServerBuilder();
  }

  @Override
  FakeAuthorizationServer self() {
    return this;
  }

  /**
   * {@return the URL under which the tenants' paths stand, for example {@code
   * http://127.0.0.1:49152}}
   */
  public URI baseUrl() {
    return URI.create(transport.baseUrl());
  }

  /**
   * The issuer of a tenant.
   *
   * @param tenant a domain or a tenant id
   * @return the {@code iss} of its ID tokens
   */
  public URI issuer(String tenant) {
    return URI.create(transport.baseUrl() + "/" + TestUser.tenantId(tenant) + "/v2.0");
  }

  /**
   * The web page where people type the code. For a test that drives a browser: the field is {@code
   * user_code}, the choice of accounts {@code account} with usernames for values, and the buttons
   * after it {@code decision} with {@code approve} and {@code decline}.
   *
   * @return its URL
   */
  public URI verificationUri() {
    return URI.create(transport.baseUrl() + PageHandler.PATH);
  }

  /** {@return the URL that answers whom an access token speaks for, or 401 with a challenge} */
  public URI userInfoUri() {
    return URI.create(transport.baseUrl() + "/oidc/userinfo");
  }

  /**
   * Makes all access tokens worthless at once, whatever lifetime the client was told. Refresh
   * tokens stay good.
   */
  public void expireAccessTokens() {
    services.accessTokens.revokeAll();
  }

  /**
   * Moves the server's clock on, so that codes and tokens expire for it. The client's clock is its
   * own affair.
   *
   * @param by how far
   */
  public void advanceClock(Duration by) {
    services.clock.advance(by);
  }

  /**
   * Puts faults to work. Several that concern the same requests take one each, in this order.
   *
   * @param faults what goes wrong
   */
  public void fail(Fault... faults) {
    for (Fault fault : faults) {
      services.faults.add(fault);
    }
  }

  /**
   * Answers the next request to an endpoint with an OAuth error, without acting on it. Calls add
   * up.
   *
   * @param endpoint which
   * @param failure what to answer
   */
  public void answer(Endpoint endpoint, OAuthFailure failure) {
    fail(Fault.answer(failure).to(endpoint));
  }

  /** Forgets the faults that have not happened yet. */
  public void clearFaults() {
    services.faults.clear();
  }

  /** {@return all requests so far, oldest first; of more than 100 000, the latest} */
  public List<RecordedRequest> requests() {
    return services.log.all();
  }

  /**
   * Requests to one endpoint.
   *
   * @param endpoint which
   * @return those so far, oldest first
   */
  public List<RecordedRequest> requests(Endpoint endpoint) {
    return services.log.matching(request -> request.endpoint() == endpoint);
  }

  /**
   * Waits until so many requests came to an endpoint since the start or {@link #clearRequests()}.
   * Blocks; interruptible.
   *
   * @param endpoint which
   * @param count how many, those before the call included
   * @param timeout how long to wait at most
   * @return whether they came
   * @throws InterruptedException if the thread is interrupted
   */
  public boolean awaitRequests(Endpoint endpoint, int count, Duration timeout)
      throws InterruptedException {
    return services.log.await(request -> request.endpoint() == endpoint, count, timeout);
  }

  /** Empties the log. */
  public void clearRequests() {
    services.log.clear();
  }

  /** {@return how many times a refresh token was redeemed, whether or not the answer arrived} */
  public int redemptions() {
    return services.grants.redemptions();
  }

  /**
   * {@return all tokens and device codes issued so far: what must be found in no log, message or
   * file of the app}
   */
  public Set<String> secrets() {
    return services.secrets.issued();
  }

  /**
   * The Microsoft Graph that stands beside, with the same users and tokens.
   *
   * @return always the same
   */
  public FakeGraph graph() {
    return graph;
  }

  /** Closes every connection at once, hung ones too, and frees the port. */
  @Override
  public void close() {
    transport.stop();
    graphHost.close();
  }
}
