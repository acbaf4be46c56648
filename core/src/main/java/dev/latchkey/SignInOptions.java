package dev.latchkey;

import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.SignInRequired.Requirements;
import dev.latchkey.internal.oauth.Claims;
import dev.latchkey.internal.oauth.Scopes;
import dev.latchkey.internal.signin.SignInRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Options of one sign-in, besides the settings of the client. Immutable.
 *
 * <pre>{@code
 * SignInOptions more = SignInOptions.NONE
 *     .withAccountId(account.id())              // with the scopes that it has already
 *     .withScopes(forbidden.missingScopes());
 * }</pre>
 */
public final class SignInOptions {

  /** No options. */
  public static final SignInOptions NONE = new SignInOptions(SignInRequest.NONE);

  private static final Pattern ACCOUNT_ID = Pattern.compile("[a-z0-9-]{1,64}");
  private static final int MAX_HINT_LENGTH = 320;

  /** As RFC 9470 §3 writes it in a challenge: no blanks, quotes or control characters. */
  private static final Pattern ACR_VALUE = Pattern.compile("[!#-\\[\\]-~]{1,200}");

  private final SignInRequest request;

  private SignInOptions(SignInRequest request) {
    this.request = request;
  }

  /**
   * What an exception requires: the options of {@code client.beginSignIn(why)}, for programs that
   * add a language or a login hint.
   *
   * @param why the exception
   * @return its claims, account, scopes and required strength as options
   */
  public static SignInOptions of(SignInRequired why) {
    return NONE.with(why.requirements());
  }

  /**
   * Requests scopes in addition to those that the client was built with and, if an {@linkplain
   * #withAccountId account} is named, to those that its last sign-in brought. At Entra ID, only
   * scopes of the same API are requested together, because Entra ID refuses others; it remembers
   * what the person granted before.
   *
   * @param more the scopes; each string holds one or several, separated by spaces. Those of earlier
   *     calls stay
   * @return a copy
   * @throws IllegalArgumentException if one is not a scope
   */
  public SignInOptions withScopes(Collection<String> more) {
    Set<String> scopes = new LinkedHashSet<>(scopes());
    scopes.addAll(Scopes.of(more));
    return with(request.requirements().withScopes(scopes));
  }

  /**
   * Requests the claims of a challenge.
   *
   * @param json the decoded JSON object that the resource server sent; null for none
   * @return a copy
   * @throws IllegalArgumentException if it is not a JSON object
   */
  public SignInOptions withClaims(@Nullable String json) {
    String claims = json == null ? null : Claims.textOf(Claims.parse(json));
    return with(request.requirements().withClaims(claims));
  }

  /**
   * Names the account that is expected to sign in. The scopes that its last sign-in brought are
   * requested again, so that none of its token sources loses them. An ID token says who signed in,
   * whoever was expected. On servers without ID tokens, the account keeps its id: the program says
   * that it is the same person. Without this option, a sign-in without an ID token becomes a new
   * account. An account that was named by an ID token is never replaced by a sign-in without one.
   *
   * @param id the {@link Account#id()}; null for any account
   * @return a copy
   * @throws IllegalArgumentException if it is not the id of an account
   */
  public SignInOptions withAccountId(@Nullable String id) {
    if (id != null && !ACCOUNT_ID.matcher(id).matches()) {
      throw new IllegalArgumentException("not the id of an account");
    }
    return with(request.requirements().withAccountId(id));
  }

  /**
   * Leaves out the scopes that the last sign-in of the {@linkplain #withAccountId account} brought:
   * requests the client's own and those of {@link #withScopes} only. For an account whose every
   * sign-in ends with {@code invalid_scope}, because the server no longer accepts one of its
   * earlier scopes. A token source with a scope that is left out throws {@link SignInRequired} for
   * it, unless the server remembers what was granted before.
   *
   * @return a copy
   * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1">RFC 6749 §4.1.2.1</a>
   */
  public SignInOptions withoutEarlierScopes() {
    return new SignInOptions(request.withoutEarlierScopes());
  }

  /**
   * Tells the server who is about to sign in, so that its page can fill in the name. Sent as {@code
   * login_hint} with the first request; a server that does not know it ignores it.
   *
   * @param username the name to sign in with, such as an e-mail address; null for none
   * @return a copy
   * @throws IllegalArgumentException if it is blank, longer than 320 characters, or holds control
   *     characters
   * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest">OpenID Connect
   *     Core §3.1.2.1</a>
   */
  public SignInOptions withLoginHint(@Nullable String username) {
    if (username != null
        && (username.isBlank()
            || username.length() > MAX_HINT_LENGTH
            || username.codePoints().anyMatch(Character::isISOControl))) {
      throw new IllegalArgumentException("not a login hint");
    }
    return new SignInOptions(request.withLoginHint(username));
  }

  /**
   * Requires an authentication context, as an API demands that asks for a stronger sign-in. Sent as
   * {@code acr_values} with the first request.
   *
   * @param values the contexts that will do, the preferred one first; none for any
   * @return a copy
   * @throws IllegalArgumentException if one is empty or holds blanks
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9470#section-4">RFC 9470 §4</a>
   */
  public SignInOptions withAcrValues(String... values) {
    List<String> acr = new ArrayList<>(Arrays.asList(values));
    if (!acr.stream().allMatch(value -> ACR_VALUE.matcher(value).matches())) {
      throw new IllegalArgumentException("not an acr value");
    }
    Requirements now = request.requirements();
    return with(new Requirements(now.claims(), now.accountId(), now.scopes(), acr, now.maxAge()));
  }

  /**
   * Requires that the person signs in anew if the last time was longer ago. Sent as {@code max_age}
   * with the first request.
   *
   * @param age whole seconds count; zero asks for a new sign-in in any case; null for none
   * @return a copy
   * @throws IllegalArgumentException if it is negative
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9470#section-4">RFC 9470 §4</a>
   */
  public SignInOptions withMaxAge(@Nullable Duration age) {
    if (age != null && age.isNegative()) {
      throw new IllegalArgumentException("maxAge is negative");
    }
    Requirements now = request.requirements();
    return with(
        new Requirements(now.claims(), now.accountId(), now.scopes(), now.acrValues(), age));
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
    return new SignInOptions(request.withLocale(named ? language : null));
  }

  private SignInOptions with(Requirements requirements) {
    return new SignInOptions(request.withRequirements(requirements));
  }

  SignInRequest request() {
    return request;
  }

  /**
   * The scopes to request in addition.
   *
   * @return the scopes; empty for none
   */
  public Set<String> scopes() {
    return request.requirements().scopes();
  }

  /**
   * Whether the scopes of the account's last sign-in are requested again.
   *
   * @return true unless {@link #withoutEarlierScopes()} was called
   */
  public boolean earlierScopes() {
    return request.earlierScopes();
  }

  /**
   * The claims to request.
   *
   * @return the JSON object without white space; null if there are none
   */
  public @Nullable String claims() {
    return request.requirements().claims();
  }

  /**
   * The account that is expected to sign in.
   *
   * @return its {@link Account#id()}; null for any account
   */
  public @Nullable String accountId() {
    return request.requirements().accountId();
  }

  /**
   * Who is about to sign in.
   *
   * @return the name; null for none
   */
  public @Nullable String loginHint() {
    return request.loginHint();
  }

  /**
   * The authentication contexts that will do.
   *
   * @return the contexts, the preferred one first; empty for any
   */
  public List<String> acrValues() {
    return request.requirements().acrValues();
  }

  /**
   * How long ago the person may have signed in.
   *
   * @return the time; null for any
   */
  public @Nullable Duration maxAge() {
    return request.requirements().maxAge();
  }

  /**
   * The language of the server's texts.
   *
   * @return the language; null for the server's default
   */
  public @Nullable Locale locale() {
    return request.locale();
  }
}
