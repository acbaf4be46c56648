package dev.latchkey.interop.oidcprovider;

import com.google.gson.JsonArray;
import dev.latchkey.interop.browser.HttpPageDriver;
import dev.latchkey.interop.browser.PageDriver;
import dev.latchkey.interop.fixture.EndUser;
import dev.latchkey.interop.fixture.NodeProject;
import dev.latchkey.interop.fixture.RawHttp;
import dev.latchkey.interop.fixture.TiedProcess;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * A real oidc-provider on loopback. It rotates refresh tokens strictly: one reuse ends the whole
 * grant. Its device authorization has no {@code interval}. It starts in a second or two, so that
 * each test may have its own; {@link #close()} ends it.
 */
public final class OidcProviderServer implements AutoCloseable {
  /** A public client with the device authorization grant. */
  public static final String CLIENT = "latchkey";

  /** A public client with the authorization code grant and a loopback redirect URI. */
  static final String BROWSER_CLIENT = "latchkey-browser";

  /** A public client that never gets a refresh token. */
  static final String CLIENT_WITHOUT_REFRESH = "latchkey-no-refresh";

  /** A public client without the device authorization grant. */
  static final String CLIENT_WITHOUT_DEVICE_GRANT = "latchkey-no-device";

  /** A confidential client, which has to authenticate. */
  static final String CONFIDENTIAL_CLIENT = "latchkey-confidential";

  private static final Duration START_PATIENCE = Duration.ofMinutes(3);
  private static final Pattern READY = Pattern.compile("issuer (\\S+) control (\\S+)");

  private final TiedProcess process;
  private final URI issuer;
  private final URI control;

  private OidcProviderServer(TiedProcess process, URI issuer, URI control) {
    this.process = process;
    this.issuer = issuer;
    this.control = control;
  }

  public static OidcProviderServer start(ProviderSettings settings) {
    TiedProcess process =
        NodeProject.installed().run("oidc-provider", "server.js", settings.environment());
    try {
      MatchResult ready = process.awaitOutput(READY, START_PATIENCE);
      return new OidcProviderServer(
          process, URI.create(ready.group(1)), URI.create(ready.group(2)));
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
  }

  public URI issuer() {
    return issuer;
  }

  /** An endpoint by its path below the issuer, such as {@code token} or {@code me}. */
  URI endpoint(String path) {
    return issuer.resolve("/" + path);
  }

  /** A user with any name, without a browser; oidc-provider's own pages accept every password. */
  public EndUser person(String username) {
    return person(username, new HttpPageDriver());
  }

  /** A user with any name, with a page driver; the name is also the subject of the ID tokens. */
  public EndUser person(String username, PageDriver screen) {
    return new OidcProviderPages(screen, username);
  }

  /** How many refresh tokens were redeemed successfully. */
  long redemptions() {
    return tokenRequests("refresh_token").stream().filter(sent -> sent.status() == 200).count();
  }

  /** How many refreshes were rejected. */
  long refusedRedemptions() {
    return tokenRequests("refresh_token").stream().filter(sent -> sent.status() != 200).count();
  }

  /** The requests to the token endpoint with a grant type, oldest first. */
  List<ProviderRequest> tokenRequests(String grantType) {
    return requests().stream()
        .filter(sent -> sent.endpoint().equals("token") && sent.grantType().equals(grantType))
        .toList();
  }

  /** All requests answered so far, oldest first. */
  List<ProviderRequest> requests() {
    JsonArray requests = control("GET", "requests").element().getAsJsonArray();
    return StreamSupport.stream(requests.spliterator(), false).map(ProviderRequest::from).toList();
  }

  /** Forgets the requests answered so far. */
  void clearRequests() {
    control("DELETE", "requests");
  }

  /** Ends all grants with their tokens, as an administrator or a user withdrawing consent would. */
  void destroyGrants() {
    control("DELETE", "grants");
  }

  /** Makes an account unknown to the server. */
  void disable(String username) {
    control("DELETE", "accounts/" + username);
  }

  void enable(String username) {
    control("PUT", "accounts/" + username);
  }

  /** All that the server has printed. */
  String log() {
    return process.output();
  }

  @Override
  public void close() {
    process.close();
  }

  private RawHttp.Answer control(String method, String path) {
    return RawHttp.send(
            HttpRequest.newBuilder(control.resolve("/" + path))
                .method(method, HttpRequest.BodyPublishers.noBody()))
        .orFail(method + " " + path);
  }
}
