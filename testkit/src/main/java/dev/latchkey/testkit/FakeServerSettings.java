package dev.latchkey.testkit;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can be set of the fake server, on the builder and at any time on the running server. A
 * change counts from the next request on; what was issued before keeps the lifetime it was issued
 * with.
 *
 * @param <S> the builder or the server
 */
public abstract sealed class FakeServerSettings<S extends FakeServerSettings<S>>
    permits FakeServerPeople, FakeAuthorizationServerBuilder {

  final Settings settings;

  FakeServerSettings(Settings settings) {
    this.settings = settings;
  }

  abstract S self();

  /**
   * Sets the pause between two polls that the server asks for, in whole seconds. Default 5 s.
   *
   * @param interval the pause; not checked, a test may want nonsense
   * @return this
   */
  public S interval(Duration interval) {
    settings.interval = interval;
    return self();
  }

  /**
   * Sets whether a poll that comes too early is answered {@code slow_down}, which adds 5 s to the
   * interval of that sign-in. Default false: Entra ID does not say it.
   *
   * @param enforce true to punish hurry
   * @return this
   * @see <a href="https://www.rfc-editor.org/rfc/rfc8628#section-3.5">RFC 8628 §3.5</a>
   */
  public S enforceInterval(boolean enforce) {
    settings.enforceInterval = enforce;
    return self();
  }

  /**
   * Sets how long a user code is good for. Default 15 min.
   *
   * @param lifetime more than zero
   * @return this
   */
  public S codeLifetime(Duration lifetime) {
    settings.codeLifetime = positive(lifetime);
    return self();
  }

  /**
   * Sets how long an access token is good for. Default 1 h.
   *
   * @param lifetime more than zero
   * @return this
   */
  public S tokenLifetime(Duration lifetime) {
    settings.tokenLifetime = positive(lifetime);
    return self();
  }

  /**
   * Sets how long a refresh token is good for without being used. Default 90 days.
   *
   * @param lifetime more than zero
   * @return this
   */
  public S refreshTokenLifetime(Duration lifetime) {
    settings.refreshTokenLifetime = positive(lifetime);
    return self();
  }

  /**
   * Sets the {@code refresh_in} sent beside {@code expires_in}.
   *
   * @param due when a refresh is due; null, the default, sends none
   * @return this
   */
  public S refreshIn(@Nullable Duration due) {
    settings.refreshIn = due;
    return self();
  }

  /**
   * Sets what becomes of a refresh token that was redeemed. Default {@link Rotation#LENIENT}, as on
   * Entra ID.
   *
   * @param rotation what becomes of it
   * @return this
   */
  public S rotation(Rotation rotation) {
    settings.rotation = rotation;
    return self();
  }

  /**
   * Sets whether the device authorization carries {@code verification_uri_complete}. Default false:
   * Entra ID sends none.
   *
   * @param send true to send it
   * @return this
   */
  public S verificationUriComplete(boolean send) {
    settings.verificationUriComplete = send;
    return self();
  }

  /**
   * Sets whether tokens can be revoked (RFC 7009) and the metadata stands at the place of RFC 8414
   * too. Default false: Entra ID has neither.
   *
   * @param present true to have both
   * @return this
   */
  public S revocationEndpoint(boolean present) {
    settings.revocationEndpoint = present;
    return self();
  }

  /**
   * Sets whether access tokens are JWTs. Default false: opaque text, which is what a client must
   * take any access token for.
   *
   * @param jwt true for JWTs
   * @return this
   */
  public S jwtAccessTokens(boolean jwt) {
    settings.jwtAccessTokens = jwt;
    return self();
  }

  /**
   * Sets whether ID tokens are signed (HS256). Default true.
   *
   * @param signed false for {@code alg} {@code none}
   * @return this
   */
  public S signedIdTokens(boolean signed) {
    settings.signedIdTokens = signed;
    return self();
  }

  /**
   * Sets the {@code token_type} as spelled in the answer. Default {@code Bearer}.
   *
   * @param type for example {@code bearer}
   * @return this
   */
  public S tokenType(String type) {
    settings.tokenType = type;
    return self();
  }

  /**
   * Sets the scopes that are never granted, whoever asks.
   *
   * @param scopes all of them; none to withhold none
   * @return this
   */
  public S withholdScopes(String... scopes) {
    settings.withheldScopes = Set.of(scopes);
    return self();
  }

  /**
   * Sets the scopes that are granted unasked.
   *
   * @param scopes all of them; none to add none
   * @return this
   */
  public S addScopes(String... scopes) {
    settings.addedScopes = Set.of(scopes);
    return self();
  }

  /**
   * Gives a claim of all later ID tokens this value, true or not: to see what the client does with
   * a wrong {@code iss}.
   *
   * @param name the claim's name
   * @param value a string, number or boolean; null leaves the claim out
   * @return this
   */
  public S idTokenClaim(String name, @Nullable Object value) {
    if (value != null
        && !(value instanceof String || value instanceof Number || value instanceof Boolean)) {
      throw new IllegalArgumentException(
          "A claim is a string, number or boolean, not " + value.getClass());
    }
    settings.idTokenClaims.put(name, value == null ? Settings.LEFT_OUT : value);
    return self();
  }

  private static Duration positive(Duration lifetime) {
    if (lifetime.isZero() || lifetime.isNegative()) {
      throw new IllegalArgumentException("A lifetime must be more than zero, not " + lifetime);
    }
    return lifetime;
  }
}
