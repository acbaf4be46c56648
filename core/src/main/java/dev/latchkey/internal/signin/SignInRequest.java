package dev.latchkey.internal.signin;

import dev.latchkey.error.AppMisconfigured;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.OAuthError;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.SignInRequired.Requirements;
import dev.latchkey.internal.concurrent.Futures;
import dev.latchkey.internal.oauth.Claims;
import dev.latchkey.internal.oauth.Form;
import dev.latchkey.internal.session.ClientConfig;
import dev.latchkey.internal.session.Sessions;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What one sign-in requests, besides the settings of the client.
 *
 * @param loginHint the person who is about to sign in; null if unknown
 * @param locale the language of the server's texts; null for the server's default
 * @param earlierScopes whether to request also what the last sign-in of the account brought
 */
public record SignInRequest(
    Requirements requirements,
    @Nullable String loginHint,
    @Nullable Locale locale,
    boolean earlierScopes) {

  /** What the client was built with, and nothing else. */
  public static final SignInRequest NONE = new SignInRequest(Requirements.NONE, null, null, true);

  private static final String LEAVE_OUT =
      "If the server no longer accepts one of them, leave them out"
          + " (SignInOptions.withoutEarlierScopes), or sign the account out and in again.";

  public SignInRequest withRequirements(Requirements others) {
    return new SignInRequest(others, loginHint, locale, earlierScopes);
  }

  public SignInRequest withLoginHint(@Nullable String hint) {
    return new SignInRequest(requirements, hint, locale, earlierScopes);
  }

  public SignInRequest withLocale(@Nullable Locale language) {
    return new SignInRequest(requirements, loginHint, language, earlierScopes);
  }

  public SignInRequest withoutEarlierScopes() {
    return new SignInRequest(requirements, loginHint, locale, false);
  }

  /**
   * What to request, once the store has said that it would take the session: with an account named,
   * its other scopes too. Reads the store on a worker.
   */
  CompletableFuture<Set<String>> scopes(ClientConfig config, Sessions sessions) {
    String account = requirements.accountId();
    CompletableFuture<Void> prepared = sessions.prepareSignIn();
    return account == null || !earlierScopes
        ? prepared.thenApply(ready -> ownScopes(config))
        : prepared.thenCompose(
            ready ->
                Futures.callOn(
                    config.workers(),
                    () ->
                        config.signInScopes(
                            requirements.scopes(), sessions.signInScopes(account))));
  }

  /** What would be requested without any account. */
  private Set<String> ownScopes(ClientConfig config) {
    return config.signInScopes(requirements.scopes(), Set.of());
  }

  /**
   * The {@code claims} parameter; null if there is none.
   *
   * @throws IllegalArgumentException if the claims that the request requires are not a JSON object
   */
  @Nullable String claims(ClientConfig config) {
    String json = requirements.claims();
    return Claims.parameter(json == null ? null : Claims.parse(json), config.capabilities());
  }

  /** The parameters of the first request of a sign-in, whichever grant it is for. */
  Form form(ClientConfig config, Set<String> scopes) {
    Duration maxAge = requirements.maxAge();
    List<String> acrValues = requirements.acrValues();
    return new Form()
        .add("client_id", config.clientId())
        .add("scope", scopes.isEmpty() ? null : String.join(" ", scopes))
        .add("claims", claims(config))
        .add("login_hint", loginHint)
        .add("acr_values", acrValues.isEmpty() ? null : String.join(" ", acrValues))
        .add("max_age", maxAge == null ? null : Long.toString(maxAge.toSeconds()));
  }

  /**
   * The failure of a sign-in as the caller needs it: so that the next one requests what this one
   * did, or so that it can do without the scopes that the program did not name.
   *
   * @param requested the scopes of the sign-in
   */
  LatchkeyException explained(
      LatchkeyException failure, ClientConfig config, Set<String> requested) {
    if (failure instanceof SignInRequired why) {
      return carriedBy(why);
    }
    OAuthError error = failure.oauthError();
    Set<String> earlier = new LinkedHashSet<>(requested);
    earlier.removeAll(ownScopes(config));
    if (earlier.isEmpty()
        || error == null
        || !error.error().equals("invalid_scope")
        || !(failure instanceof AppMisconfigured)) {
      return failure;
    }
    return new AppMisconfigured(
        failure.getMessage()
            + ". Requested because an earlier sign-in of the account brought them: "
            + String.join(", ", earlier),
        error,
        LEAVE_OUT,
        failure.getCause());
  }

  /** The failure of a sign-in, so that the next sign-in requests what this one did. */
  SignInRequired carriedBy(SignInRequired why) {
    String claims = why.claims() != null ? why.claims() : requirements.claims();
    return new SignInRequired(
        why.reason(),
        requirements.withClaims(claims),
        why.getMessage(),
        why.oauthError(),
        why.remedy(),
        why.getCause());
  }

  /** Leaves out the person. */
  @Override
  public String toString() {
    return "SignInRequest[" + requirements + ", locale=" + locale + "]";
  }
}
