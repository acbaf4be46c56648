package dev.latchkey.internal.signin;

import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.SignInRequired.Requirements;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one sign-in requests, besides the settings of the client.
 *
 * @param loginHint the person who is about to sign in; null if unknown
 * @param locale the language of the server's texts; null for the server's default
 */
public record SignInRequest(
    Requirements requirements, @Nullable String loginHint, @Nullable Locale locale) {

  /** What the client was built with, and nothing else. */
  public static final SignInRequest NONE = new SignInRequest(Requirements.NONE, null, null);

  public SignInRequest withRequirements(Requirements others) {
    return new SignInRequest(others, loginHint, locale);
  }

  public SignInRequest withLoginHint(@Nullable String hint) {
    return new SignInRequest(requirements, hint, locale);
  }

  public SignInRequest withLocale(@Nullable Locale language) {
    return new SignInRequest(requirements, loginHint, language);
  }

  /** The failure of a poll, so that the next sign-in requests what this one did. */
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
