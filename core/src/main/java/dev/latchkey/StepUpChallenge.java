package dev.latchkey;

import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.SignInRequired.Reason;
import dev.latchkey.error.SignInRequired.Requirements;
import dev.latchkey.internal.http.Challenge;
import dev.latchkey.internal.http.Challenges;
import dev.latchkey.internal.oauth.Scopes;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an API says that a token lacks: scopes ({@code insufficient_scope}), or a stronger or more
 * recent sign-in ({@code insufficient_user_authentication}). For the first, ask for a token with
 * these scopes too; for the second, only the person can help. Either ends in the one handler that
 * the program has for {@link SignInRequired}:
 *
 * <pre>{@code
 * var challenge = StepUpChallenge.parse(response.headers()).orElse(null);
 * if (challenge != null && challenge.needsSignIn()) {
 *   throw challenge.signInRequired(account);         // client.beginSignIn(why) asks for all of it
 * } else if (challenge != null) {
 *   tokens = client.tokens(account, challenge.scopes());   // get() brings the token, or throws it
 * }
 * }</pre>
 *
 * <p>An authorization server need not know {@code acr_values} and {@code max_age}. If the API sends
 * the same challenge to the token of the new sign-in, another sign-in would not help either; and if
 * {@code token.scopes().missing()} still names the scopes that the API wants, give up: the server
 * does not grant them.
 *
 * @param scopes the scopes that the API wants; empty if it names none
 * @param acrValues the authentication contexts that the API accepts, the preferred one first; empty
 *     if it names none
 * @param maxAge how long ago the person may have signed in at most, in whole seconds; null if the
 *     API does not say
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3.1">RFC 6750 §3.1</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9470#section-3">RFC 9470 §3</a>
 */
public record StepUpChallenge(
    Set<String> scopes, List<String> acrValues, @Nullable Duration maxAge) {

  private static final String SCOPE = "insufficient_scope";
  private static final String AUTHENTICATION = "insufficient_user_authentication";

  /** Ample: a year has 8 digits of seconds. */
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

  private static final Pattern ACR_VALUE = Pattern.compile("[!#-\\[\\]-~]{1,200}");
  private static final int MAX_VALUES = 50;

  /**
   * Copies the scopes, in their order, and the authentication contexts.
   *
   * @param scopes the scopes; empty if the API names none
   * @param acrValues the authentication contexts; empty if the API names none
   * @param maxAge how long ago the person may have signed in; null for any time
   */
  public StepUpChallenge {
    scopes = Collections.unmodifiableSet(new LinkedHashSet<>(scopes));
    acrValues = List.copyOf(acrValues);
  }

  /**
   * Finds the challenge in the {@code WWW-Authenticate} fields of a response. Never throws;
   * malformed challenges are skipped, and so is {@code insufficient_scope} without a scope, which
   * leaves nothing to ask for.
   *
   * @param headers the headers of a response with status 401 or 403
   * @return the first such {@code Bearer} challenge, if any
   */
  public static Optional<StepUpChallenge> parse(HttpHeaders headers) {
    return parse(headers.map());
  }

  /**
   * The same for the headers of another HTTP library.
   *
   * @param headers the values of each field by its name, in any case
   * @return as {@link #parse(HttpHeaders)}
   */
  public static Optional<StepUpChallenge> parse(Map<String, ? extends Collection<String>> headers) {
    return first(Challenges.read(headers));
  }

  /**
   * The same for the value of one {@code WWW-Authenticate} field.
   *
   * @param wwwAuthenticate the value, without the name of the field
   * @return as {@link #parse(HttpHeaders)}
   */
  public static Optional<StepUpChallenge> parse(String wwwAuthenticate) {
    return first(Challenges.read(wwwAuthenticate));
  }

  private static Optional<StepUpChallenge> first(List<Challenge> challenges) {
    return challenges.stream()
        .filter(challenge -> challenge.isOf("Bearer"))
        .flatMap(challenge -> of(challenge).stream())
        .findFirst();
  }

  private static Optional<StepUpChallenge> of(Challenge challenge) {
    String error = challenge.parameter("error");
    Set<String> scopes = scopes(challenge.parameter("scope"));
    if (SCOPE.equals(error) && !scopes.isEmpty()) {
      return Optional.of(new StepUpChallenge(scopes, List.of(), null));
    }
    if (!AUTHENTICATION.equals(error)) {
      return Optional.empty();
    }
    List<String> acrValues =
        words(challenge.parameter("acr_values")).stream()
            .filter(value -> ACR_VALUE.matcher(value).matches())
            .toList();
    String age = challenge.parameter("max_age");
    Duration maxAge =
        age != null && SECONDS.matcher(age).matches()
            ? Duration.ofSeconds(Long.parseLong(age))
            : null;
    // A challenge without either wants a stronger sign-in all the same: a new one is the best
    // guess.
    boolean none = acrValues.isEmpty() && maxAge == null;
    return Optional.of(new StepUpChallenge(scopes, acrValues, none ? Duration.ZERO : maxAge));
  }

  private static Set<String> scopes(@Nullable String text) {
    try {
      return Scopes.of(words(text));
    } catch (IllegalArgumentException e) { // it holds what is not a scope
      return Set.of();
    }
  }

  private static List<String> words(@Nullable String text) {
    return text == null || text.isBlank()
        ? List.of()
        : Arrays.stream(text.strip().split("\\s+", -1)).limit(MAX_VALUES).toList();
  }

  /**
   * Whether only a sign-in can help. If not, a token with the {@link #scopes} may be had without
   * the person.
   *
   * @return whether the API wants a stronger or more recent sign-in
   */
  public boolean needsSignIn() {
    return !acrValues.isEmpty() || maxAge != null;
  }

  /**
   * The exception that the program throws to whoever handles {@link SignInRequired}, or passes to
   * {@link PublicClient#beginSignIn(SignInRequired)} at once.
   *
   * @param account the account whose token was refused
   * @return an exception that carries all that the API wants
   */
  public SignInRequired signInRequired(Account account) {
    Requirements wanted = new Requirements(null, account.id(), scopes, acrValues, maxAge);
    return needsSignIn()
        ? new SignInRequired(
            Reason.STEP_UP_REQUIRED,
            wanted,
            "The API wants a stronger or more recent sign-in",
            null,
            "Sign in again.",
            null)
        : new SignInRequired(
            Reason.CONSENT_REQUIRED,
            wanted,
            "The API wants the scopes " + String.join(", ", scopes),
            null,
            "Sign in again and accept the permissions that the app asks for.",
            null);
  }
}
