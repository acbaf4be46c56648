package dev.latchkey.testkit;

import dev.latchkey.testkit.internal.grant.Decision;
import dev.latchkey.testkit.internal.grant.DeviceCode;
import dev.latchkey.testkit.internal.grant.Directory;
import dev.latchkey.testkit.internal.grant.ServerSettings;
import dev.latchkey.testkit.internal.grant.Tenant;
import dev.latchkey.testkit.internal.graph.GraphService;
import dev.latchkey.testkit.internal.http.Transport;
import dev.latchkey.testkit.internal.oauth.Services;
import dev.latchkey.testkit.internal.page.Browser;
import dev.latchkey.testkit.internal.page.PageHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A fake of Microsoft Entra ID for tests: an authorization server on loopback, in the process of
 * the test. Users sign in with the device authorization grant, on a real web page or by a call of
 * the test. Whatever may go wrong, the test can make go wrong.
 *
 * <p>To test the sign-in dialog of an app, point the app's client at the server and play the user:
 *
 * <pre>{@code
 * class SignInViewTest {
 *   FakeAuthorizationServer server =
 *       FakeAuthorizationServer.builder().interval(Duration.ofSeconds(1)).start();
 *
 *   SignInView view =                             // the app's own
 *       new SignInView(
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
 *     view.open();
 *     server.approve(view.shownCode(), "adele@contoso.example");
 *
 *     assertEquals("Signed in as Adele Vance", view.awaitOutcome());
 *   }
 *
 *   @Test
 *   void saysThatTheUserDeclined() {
 *     server.declineNext();
 *     view.open();
 *
 *     assertEquals("You declined. Try again?", view.awaitOutcome());
 *   }
 *
 *   @Test
 *   void retriesAfterAnOutage() {
 *     server.approveNext("adele@contoso.example");
 *     server.fail(Fault.status(503).toPolls(), Fault.drop().toPolls());
 *     view.open();
 *
 *     assertEquals("Signed in as Adele Vance", view.awaitOutcome());
 *   }
 * }
 * }</pre>
 *
 * <p>The methods here play the user in a sign-in, inject faults and read the request log. {@link
 * #people()} does what administrators do to users later, {@link #settings()} changes how the server
 * answers, and {@link #graph()} is a fake Microsoft Graph with the same users and tokens. {@link
 * #secrets()} returns what no log of the app may contain.
 *
 * <p>Thread-safe. Only {@link #awaitRequests} blocks. A server that is never closed does not keep
 * the program alive.
 */
public final class FakeAuthorizationServer implements AutoCloseable {

  private final Services services;
  private final Transport transport;
  private final GraphService graphService;
  private final FakeServerSettings settings;
  private final FakeServerPeople people;
  private final FakeGraph graph;

  FakeAuthorizationServer(ServerSettings settings, Directory directory, int port)
      throws IOException {
    this.settings = new FakeServerSettings(settings);
    services = new Services(settings, directory);
    people = new FakeServerPeople(services);
    transport =
        new Transport(port, services.router, services.faults, services.log, services.clock, false);
    graphService = new GraphService(services);
    graph = new FakeGraph(baseUrl(), services, graphService);
    transport.start();
  }

  /**
   * Returns a builder of a server.
   *
   * @return a builder, set to Entra ID's behaviour
   */
  public static FakeAuthorizationServerBuilder builder() {
    return new FakeAuthorizationServerBuilder();
  }

  /**
   * How the server answers: intervals, lifetimes, rotation and more. A change takes effect with the
   * next request.
   *
   * @return always the same settings
   */
  public FakeServerSettings settings() {
    return settings;
  }

  /**
   * What happens to users after they have signed in: revoked sessions, changed passwords, withdrawn
   * consent, required claims.
   *
   * @return always the same object
   */
  public FakeServerPeople people() {
    return people;
  }

  /**
   * The fake Microsoft Graph, which has the same users and accepts the same tokens.
   *
   * @return always the same Graph
   */
  public FakeGraph graph() {
    return graph;
  }

  /** {@return the URL above all tenants, for example {@code http://127.0.0.1:49152}} */
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
    return URI.create(transport.baseUrl() + "/" + Tenant.idOf(tenant) + "/v2.0");
  }

  /**
   * The web page where users type the code. A test that drives a browser finds the text field
   * {@code user_code}; on the next page the radio buttons {@code account}, whose values are
   * usernames, and the buttons {@code decision} with the values {@code approve} and {@code
   * decline}.
   *
   * @return the page's URL
   */
  public URI verificationUri() {
    return URI.create(transport.baseUrl() + PageHandler.PATH);
  }

  /**
   * {@return the URL that answers which user an access token belongs to, or 401 with a challenge}
   */
  public URI userInfoUri() {
    return URI.create(transport.baseUrl() + "/oidc/userinfo");
  }

  /**
   * Approves a sign-in, as the user does on the web page. The client learns of it with its next
   * poll.
   *
   * @param userCode the code that the app shows, in any case, with or without spaces and hyphens
   * @param username who approves. If the user is not of the tenant, the sign-in fails with
   *     AADSTS50020
   * @throws IllegalArgumentException if there is no such code or no such user
   * @throws IllegalStateException if the code is no longer pending
   */
  public void approve(String userCode, String username) {
    decide(userCode, Decision.approveAs(services.directory.user(username)));
  }

  /**
   * Declines a sign-in.
   *
   * @param userCode the code that the app shows
   * @throws IllegalArgumentException if there is no such code
   * @throws IllegalStateException if the code is no longer pending
   */
  public void decline(String userCode) {
    decide(userCode, Decision.DECLINE);
  }

  /**
   * Approves a sign-in in the browser, as the user does on its page, and brings the app the answer,
   * as the browser does. Blocks until the app has answered.
   *
   * @param authorizationRequest the page that the app wants to open
   * @param username who approves
   * @return the page that the app then shows in the browser
   * @throws IllegalArgumentException if it is no authorization request of this server, or there is
   *     no such user
   * @throws UncheckedIOException if the app does not answer at its redirect URI
   */
  public String approveInBrowser(URI authorizationRequest, String username) {
    return decide(authorizationRequest, Decision.approveAs(services.directory.user(username)));
  }

  /**
   * Declines a sign-in in the browser, and brings the app the answer. Blocks until the app has
   * answered.
   *
   * @param authorizationRequest the page that the app wants to open
   * @return the page that the app then shows in the browser
   * @throws IllegalArgumentException if it is no authorization request of this server
   * @throws UncheckedIOException if the app does not answer at its redirect URI
   */
  public String declineInBrowser(URI authorizationRequest) {
    return decide(authorizationRequest, Decision.DECLINE);
  }

  private String decide(URI authorizationRequest, Decision decision) {
    return Browser.open(services.authorization, baseUrl(), authorizationRequest, decision);
  }

  private void decide(String userCode, Decision decision) {
    if (!services.codes.decide(code(userCode), decision)) {
      throw new IllegalStateException("The code " + userCode + " is no longer pending");
    }
  }

  private DeviceCode code(String userCode) {
    var code = services.codes.find(userCode);
    if (code == null) {
      throw new IllegalArgumentException("No such user code: " + userCode);
    }
    return code;
  }

  /**
   * Approves the next sign-in as soon as it begins, with a code or in the browser. Calls add up:
   * each decides one sign-in.
   *
   * @param username who approves
   * @throws IllegalArgumentException if there is no such user
   */
  public void approveNext(String username) {
    services.codes.planNext(Decision.approveAs(services.directory.user(username)));
  }

  /** Declines the next sign-in as soon as it begins. Calls add up: each decides one sign-in. */
  public void declineNext() {
    services.codes.planNext(Decision.DECLINE);
  }

  /**
   * Approves every later sign-in as soon as it begins, except those that {@link #approveNext} or
   * {@link #declineNext} decides.
   *
   * @param username who approves
   * @throws IllegalArgumentException if there is no such user
   */
  public void approveEvery(String username) {
    services.codes.planAlways(Decision.approveAs(services.directory.user(username)));
  }

  /** {@return the user codes that wait for a decision, oldest first} */
  public List<String> pendingUserCodes() {
    return services.codes.pending();
  }

  /**
   * Makes a code expire early.
   *
   * @param userCode the code that the app shows
   * @throws IllegalArgumentException if there is no such code
   */
  public void expire(String userCode) {
    services.codes.expire(code(userCode));
  }

  /**
   * Makes all access tokens invalid at once, whatever lifetime the client was told. Refresh tokens
   * stay valid.
   */
  public void expireAccessTokens() {
    services.accessTokens.revokeAll();
  }

  /**
   * Advances the server's clock, so that codes and tokens expire there. The client's clock does not
   * move.
   *
   * @param by how far
   */
  public void advanceClock(Duration by) {
    services.clock.advance(by);
  }

  /**
   * Injects faults. If several match the same requests, each takes one request, in this order.
   *
   * @param faults what goes wrong
   */
  public void fail(Fault... faults) {
    for (Fault fault : faults) {
      fault.addTo(services.faults);
    }
  }

  /** Removes all faults that have not been used up. */
  public void clearFaults() {
    services.faults.clear();
  }

  /**
   * {@return the requests since the start or {@link #clearRequests()}, oldest first, 100 000 at
   * most}
   */
  public List<RecordedRequest> requests() {
    return services.log.matching(request -> true);
  }

  /**
   * The requests to one endpoint.
   *
   * @param endpoint the endpoint
   * @return those since the start or {@link #clearRequests()}, oldest first
   */
  public List<RecordedRequest> requests(Endpoint endpoint) {
    return services.log.matching(request -> request.endpoint() == endpoint);
  }

  /**
   * Waits until an endpoint has received this many requests since the start or {@link
   * #clearRequests()}. Blocks for up to the timeout, in real time; interruptible.
   *
   * @param endpoint the endpoint
   * @param count how many, including those before this call
   * @param timeout how long to wait at most
   * @return false if the timeout passed first
   * @throws InterruptedException if the thread is interrupted
   */
  public boolean awaitRequests(Endpoint endpoint, int count, Duration timeout)
      throws InterruptedException {
    return services.log.await(request -> request.endpoint() == endpoint, count, timeout);
  }

  /** Empties the request log. */
  public void clearRequests() {
    services.log.clear();
  }

  /** {@return how many times a refresh token was redeemed, even if the answer was lost} */
  public int redemptions() {
    return services.grants.redemptions();
  }

  /**
   * {@return all tokens, device codes and authorization codes issued so far, which no log, message
   * or file of the app may contain}
   */
  public Set<String> secrets() {
    return services.secrets.issued();
  }

  /** Closes all connections at once, including hung ones, and frees the port. */
  @Override
  public void close() {
    transport.stop();
    graphService.close();
  }
}
