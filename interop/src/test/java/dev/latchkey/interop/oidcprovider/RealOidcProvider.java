package dev.latchkey.interop.oidcprovider;

import dev.latchkey.interop.browser.PageDriver;
import dev.latchkey.interop.contract.RealServer;
import dev.latchkey.interop.fixture.EndUser;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** An oidc-provider, as the tests of all real servers use it. */
record RealOidcProvider(OidcProviderServer server) implements RealServer {
  /**
   * 5 s minus a tolerance: node takes these times by the wall clock, in milliseconds, and the
   * client waits by the monotonic one. It counts from the arrival of an answer, so a server that
   * measures by its own clock sees more than 5 s.
   */
  private static final Duration DEFAULT_INTERVAL = Duration.ofMillis(4_900);

  /** Starts an oidc-provider. */
  static RealOidcProvider start(Duration accessTokenLifetime, Duration codeLifetime) {
    return new RealOidcProvider(
        OidcProviderServer.start(
            ProviderSettings.defaults()
                .withAccessTokenLifetime(accessTokenLifetime)
                .withDeviceCodeLifetime(codeLifetime)));
  }

  @Override
  public URI issuer() {
    return server.issuer();
  }

  @Override
  public String clientId() {
    return OidcProviderServer.CLIENT;
  }

  @Override
  public String anotherScope() {
    return "email";
  }

  @Override
  public EndUser person() {
    return server.person("alice");
  }

  @Override
  public EndUser personAt(PageDriver screen) {
    return server.person("alice", screen);
  }

  @Override
  public long redemptions() {
    return server.redemptions();
  }

  @Override
  public long refusedRedemptions() {
    return server.refusedRedemptions();
  }

  /**
   * oidc-provider sends no interval and never answers {@code slow_down}, so the recorded requests
   * are checked against RFC 8628 §3.2: "If no value is provided, clients MUST use 5 as the
   * default."
   */
  @Override
  public long tooFastPolls() {
    List<ProviderRequest> polls =
        server.tokenRequests("urn:ietf:params:oauth:grant-type:device_code");
    return IntStream.range(1, polls.size())
        .mapToObj(i -> polls.get(i).at().minus(polls.get(i - 1).at()))
        .filter(gap -> gap.compareTo(DEFAULT_INTERVAL) < 0)
        .count();
  }

  @Override
  public void close() {
    server.close();
  }
}
