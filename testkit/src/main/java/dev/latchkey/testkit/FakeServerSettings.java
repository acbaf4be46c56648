package dev.latchkey.testkit;

import dev.latchkey.testkit.internal.grant.ServerSettings;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link FakeAuthorizationServer} answers. The defaults are Entra ID's behaviour. Change them
 * on the {@linkplain FakeAuthorizationServerBuilder#settings builder} or, at any time, on the
 * {@linkplain FakeAuthorizationServer#settings() running server}: a change takes effect with the
 * next request, and what was issued before keeps its lifetime. Thread-safe.
 *
 * <pre>{@code
 * server.settings().rotation(Rotation.STRICT).tokenLifetime(Duration.ofSeconds(4));
 * }</pre>
 */
public final class FakeServerSettings {

  /**
   * Whether users may sign in with device codes: Entra ID's Conditional Access can block this flow.
   * Sign-ins in the browser are never blocked.
   */
  public enum DeviceCodePolicy {
    /** They may. */
    ALLOW,
    /** The web page says that access is blocked, and so does the next poll: AADSTS53003. */
    BLOCK,
    /** The web page says that access is blocked, and polls are answered as if nobody had come. */
    BLOCK_SILENTLY
  }

  private final ServerSettings settings;

  FakeServerSettings(ServerSettings settings) {
    this.settings = settings;
  }

  /**
   * Sets how long clients must pause between two polls. Default 5 s.
   *
   * @param interval the pause, sent in whole seconds; not checked, since a test may want an invalid
   *     one
   * @return this
   */
  public FakeServerSettings interval(Duration interval) {
    settings.interval = interval;
    return this;
  }

  /**
   * Sets whether the server answers {@code slow_down} to a poll that comes too early, which adds 5
   * s to the interval of that sign-in. Default false, since Entra ID does not send it.
   *
   * @param enforce true to answer {@code slow_down}
   * @return this
   * @see <a href="https://www.rfc-editor.org/rfc/rfc8628#section-3.5">RFC 8628 §3.5</a>
   */
  public FakeServerSettings enforceInterval(boolean enforce) {
    settings.enforceInterval = enforce;
    return this;
  }

  /**
   * Sets whether users may sign in with device codes. Default {@link DeviceCodePolicy#ALLOW}.
   *
   * @param policy how Conditional Access treats them
   * @return this
   */
  public FakeServerSettings deviceCodePolicy(DeviceCodePolicy policy) {
    settings.deviceCodesBlocked = policy != DeviceCodePolicy.ALLOW;
    settings.pollsLearnOfTheBlock = policy == DeviceCodePolicy.BLOCK;
    return this;
  }

  /**
   * Sets the lifetime of user codes. Default 15 min.
   *
   * @param lifetime more than zero
   * @return this
   * @throws IllegalArgumentException if it is zero or negative
   */
  public FakeServerSettings codeLifetime(Duration lifetime) {
    settings.codeLifetime = positive(lifetime);
    return this;
  }

  /**
   * Sets the lifetime of access tokens. Default 1 h.
   *
   * @param lifetime more than zero
   * @return this
   * @throws IllegalArgumentException if it is zero or negative
   */
  public FakeServerSettings tokenLifetime(Duration lifetime) {
    settings.tokenLifetime = positive(lifetime);
    return this;
  }

  /**
   * Sets how long a refresh token stays valid without being used. Default 90 days.
   *
   * @param lifetime more than zero
   * @return this
   * @throws IllegalArgumentException if it is zero or negative
   */
  public FakeServerSettings refreshTokenLifetime(Duration lifetime) {
    settings.refreshTokenLifetime = positive(lifetime);
    return this;
  }

  /**
   * Sets the {@code refresh_in} that is sent beside {@code expires_in}.
   *
   * @param due when a refresh is due, sent in whole seconds; null, the default, sends none
   * @return this
   */
  public FakeServerSettings refreshIn(@Nullable Duration due) {
    settings.refreshIn = due;
    return this;
  }

  /**
   * Sets what becomes of a redeemed refresh token. Default {@link Rotation#LENIENT}, as at Entra
   * ID.
   *
   * @param rotation what becomes of it
   * @return this
   */
  public FakeServerSettings rotation(Rotation rotation) {
    settings.rotation = rotation;
    return this;
  }

  /**
   * Sets whether the device authorization response has {@code verification_uri_complete}. Default
   * false, since Entra ID sends none.
   *
   * @param send true to send it
   * @return this
   */
  public FakeServerSettings verificationUriComplete(boolean send) {
    settings.verificationUriComplete = send;
    return this;
  }

  /**
   * Sets whether to send {@code message}, the instruction in the person's language, as Entra ID
   * does. True by default; Keycloak and oidc-provider send none.
   *
   * @param send whether to send it
   * @return this
   */
  public FakeServerSettings message(boolean send) {
    settings.message = send;
    return this;
  }

  /**
   * Sets whether the server has a revocation endpoint (RFC 7009), and its metadata also at the path
   * of RFC 8414. Default false, since Entra ID has neither.
   *
   * @param present true to have both
   * @return this
   */
  public FakeServerSettings revocationEndpoint(boolean present) {
    settings.revocationEndpoint = present;
    return this;
  }

  /**
   * Sets whether access tokens are JWTs. Default false: they are opaque, as a client must treat all
   * access tokens.
   *
   * @param jwt true for JWTs
   * @return this
   */
  public FakeServerSettings jwtAccessTokens(boolean jwt) {
    settings.jwtAccessTokens = jwt;
    return this;
  }

  /**
   * Sets whether ID tokens are signed, with HS256. Default true.
   *
   * @param signed false for {@code alg} {@code none}
   * @return this
   */
  public FakeServerSettings signedIdTokens(boolean signed) {
    settings.signedIdTokens = signed;
    return this;
  }

  /**
   * Sets the spelling of {@code token_type}. Default {@code Bearer}.
   *
   * @param type for example {@code bearer}
   * @return this
   */
  public FakeServerSettings tokenType(String type) {
    settings.tokenType = type;
    return this;
  }

  /**
   * Sets the scopes that are never granted. Default none.
   *
   * @param scopes all of them; they replace those set before
   * @return this
   */
  public FakeServerSettings withholdScopes(String... scopes) {
    settings.withheldScopes = Set.of(scopes);
    return this;
  }

  /**
   * Sets the scopes that are granted although nobody requested them. Default none.
   *
   * @param scopes all of them; they replace those set before
   * @return this
   */
  public FakeServerSettings addScopes(String... scopes) {
    settings.addedScopes = Set.of(scopes);
    return this;
  }

  /**
   * Gives a claim of all later ID tokens this value, true or not, for example to see how the client
   * treats a wrong {@code iss}.
   *
   * @param name the name of the claim
   * @param value a string, number or boolean; null leaves the claim out
   * @return this
   * @throws IllegalArgumentException if the value has another type
   */
  public FakeServerSettings idTokenClaim(String name, @Nullable Object value) {
    if (value != null
        && !(value instanceof String || value instanceof Number || value instanceof Boolean)) {
      throw new IllegalArgumentException(
          "A claim is a string, number or boolean, not " + value.getClass());
    }
    settings.idTokenClaims.put(name, value == null ? ServerSettings.LEFT_OUT : value);
    return this;
  }

  private static Duration positive(Duration lifetime) {
    if (lifetime.isZero() || lifetime.isNegative()) {
      throw new IllegalArgumentException("A lifetime must be more than zero, not " + lifetime);
    }
    return lifetime;
  }
}
