package dev.latchkey;

import dev.latchkey.internal.oauth.Claims;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What to ask for in one sign-in, besides what the client is built with. Immutable. */
public final class SignInOptions {

  /** Nothing special. */
  public static final SignInOptions NONE = new SignInOptions(null, null, null);

  private static final Pattern ACCOUNT_ID = Pattern.compile("[a-z0-9-]{1,64}");

  private final @Nullable Claims claims;
  private final @Nullable String accountId;
  private final @Nullable Locale locale;

  private SignInOptions(
      @Nullable Claims claims, @Nullable String accountId, @Nullable Locale locale) {
    this.claims = claims;
    this.accountId = accountId;
    this.locale = locale;
  }

  /**
   * The same with the claims of a challenge to satisfy.
   *
   * @param json the JSON object that the resource server sent, decoded; or null for none
   * @return a copy
   * @throws IllegalArgumentException if it is no JSON object
   */
  public SignInOptions withClaims(@Nullable String json) {
    return new SignInOptions(json == null ? null : Claims.parse(json), accountId, locale);
  }

  /**
   * The same for an account that is expected to sign in. It only keeps the id of an account of a
   * server without ID tokens; where there is an ID token, that says who signed in.
   *
   * @param id the {@link Account#id()}, or null for anybody
   * @return a copy
   * @throws IllegalArgumentException if it is no account's id
   */
  public SignInOptions withAccount(@Nullable String id) {
    if (id != null && !ACCOUNT_ID.matcher(id).matches()) {
      throw new IllegalArgumentException("not the id of an account");
    }
    return new SignInOptions(claims, id, locale);
  }

  /**
   * The same in another language: Entra's {@code mkt} for its message, {@code Accept-Language}
   * elsewhere.
   *
   * @param language the language; null, or a locale without one, for the server's default
   * @return a copy
   */
  public SignInOptions withLocale(@Nullable Locale language) {
    boolean named = language != null && !language.getLanguage().isEmpty();
    return new SignInOptions(claims, accountId, named ? language : null);
  }

  /**
   * The claims to satisfy.
   *
   * @return a JSON object, or null if there are none
   */
  public @Nullable String claims() {
    return Claims.textOf(claims);
  }

  @Nullable Claims parsedClaims() {
    return claims;
  }

  /**
   * The account that is expected to sign in.
   *
   * @return its {@link Account#id()}, or null for anybody
   */
  public @Nullable String accountId() {
    return accountId;
  }

  /**
   * The language of the server's texts.
   *
   * @return the language, or null for the server's default
   */
  public @Nullable Locale locale() {
    return locale;
  }
}
