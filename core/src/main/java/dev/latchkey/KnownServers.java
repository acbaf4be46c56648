package dev.latchkey;

import java.net.URI;

/**
 * Servers that document their endpoints instead of publishing them all as metadata. Each is what
 * {@link AuthorizationServer#of} would make of the documents. For Microsoft's see {@link Entra}.
 *
 * <p>Neither knows {@code offline_access}: build the client with {@link
 * PublicClientBuilder#exactScopes()}. Google is not among them: its documents ask an app that signs
 * in with a code for a client secret, and this library sends none.
 *
 * <pre>{@code
 * PublicClient client = PublicClient.builder()
 *     .authorizationServer(KnownServers.gitHub())
 *     .clientId("your-client-id")
 *     .exactScopes()
 *     .scopes("read:user")
 *     .build();
 * }</pre>
 */
public final class KnownServers {

  private static final URI GITHUB = URI.create("https://github.com");
  private static final URI GITLAB = URI.create("https://gitlab.com");

  private KnownServers() {}

  /**
   * GitHub. <em>Enable Device Flow</em> has to be on in the settings of the app. There are no ID
   * tokens: name the account with {@link SignInOptions#withAccountId} when its person signs in
   * again. The tokens of an OAuth app are good until they are refused; only those of a GitHub App
   * expire and are refreshed. GitHub revokes tokens only for clients with a secret, so a sign-out
   * forgets them here.
   *
   * @return github.com
   * @see <a
   *     href="https://docs.github.com/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps#device-flow">GitHub's
   *     description of the device flow</a>
   */
  public static AuthorizationServer gitHub() {
    return gitHub(GITHUB);
  }

  /**
   * GitHub Enterprise Server; otherwise as {@link #gitHub()}.
   *
   * @param host such as {@code https://github.example.com}, without a path
   * @return that server
   * @throws IllegalArgumentException if it is neither https nor http on loopback, or has a path
   */
  public static AuthorizationServer gitHub(URI host) {
    return AuthorizationServer.of(
        null,
        at(host, "/login/device/code"),
        // Without an authorization endpoint: GitHub's code grant wants a client secret.
        null,
        at(host, "/login/oauth/access_token"),
        null);
  }

  /**
   * GitLab, whose application must not be a confidential one. Add {@code openid} to the scopes for
   * an account with a name.
   *
   * @return gitlab.com
   * @see <a href="https://docs.gitlab.com/api/oauth2/#device-authorization-grant-flow">GitLab's
   *     description of its grants</a>
   */
  public static AuthorizationServer gitLab() {
    return gitLab(GITLAB);
  }

  /**
   * A GitLab of one's own; otherwise as {@link #gitLab()}.
   *
   * @param host such as {@code https://gitlab.example.com}, without a path
   * @return that server
   * @throws IllegalArgumentException if it is neither https nor http on loopback, or has a path
   */
  public static AuthorizationServer gitLab(URI host) {
    return AuthorizationServer.of(
        at(host, "").toString(),
        at(host, "/oauth/authorize_device"),
        at(host, "/oauth/authorize"),
        at(host, "/oauth/token"),
        at(host, "/oauth/revoke"));
  }

  private static URI at(URI host, String path) {
    AuthorizationServer.requireSecure(host, "host");
    AuthorizationServer.requirePlain(host, "host");
    if (!host.getRawPath().isEmpty() && !host.getRawPath().equals("/")) {
      throw new IllegalArgumentException("host must have no path: " + host);
    }
    return URI.create(host.getScheme() + "://" + host.getRawAuthority() + path);
  }
}
