package dev.latchkey;

import dev.latchkey.internal.oauth.Claims;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Options of one sign-in, besides the settings of the client. Immutable. */
public final class SignInOptions {

  /** No options. */
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
   * Requests the claims of a challenge.
   *
   * @param json the decoded JSON object that the resource server sent; null for none
   * @return a copy
   * @throws IllegalArgumentException if it is not a JSON object
   */
  public SignInOptions withClaims(@Nullable String json) {
    return new SignInOptions(json == null ? null : Claims.parse(json), accountId, locale);
  }

  /**
   * Names the account that is expected to sign in. This matters only for servers without ID tokens:
   * the account keeps its id. An ID token says who signed in. An account that was named by an ID
   * token is never replaced by a sign-in without one, which becomes a new account.
   *
   * @param id the {@link Account#id()}; null for any account
   * @return a copy
   * @throws IllegalArgumentException if it is not the id of an account
   */
  public SignInOptions withAccountId(@Nullable String id) {
    if (id != null && !ACCOUNT_ID.matcher(id).matches()) {
      throw new IllegalArgumentException("not the id of an account");
    }
    return new SignInOptions(claims, id, locale);
  }

  /**
   * Requests the server's texts in a language: by {@code mkt} from Entra, by {@code
   * Accept-Language} from other servers.
   *
   * @param language the language; null, or a locale without a language, for the server's default
   * @return a copy
   */
  public SignInOptions withLocale(@Nullable Locale language) {
    boolean named = language != null && !language.getLanguage().isEmpty();
    return new SignInOptions(claims, accountId, named ? language : null);
  }

  /**
   * The claims to request.
   *
   * @return the JSON object without white space; null if there are none
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
   * @return its {@link Account#id()}; null for any account
   */
  public @Nullable String accountId() {
    return accountId;
  }

  /**
   * The language of the server's texts.
   *
   * @return the language; null for the server's default
   */
  public @Nullable Locale locale() {
    return locale;
  }
}
