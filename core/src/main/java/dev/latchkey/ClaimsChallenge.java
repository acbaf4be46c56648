package dev.latchkey;

import dev.latchkey.internal.http.Challenge;
import dev.latchkey.internal.http.Challenges;
import dev.latchkey.internal.http.SecureUri;
import dev.latchkey.internal.oauth.ChallengeClaims;
import dev.latchkey.internal.oauth.Claims;
import dev.latchkey.internal.text.Text;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The claims that an API requires of the next token after it refused one: a {@code Bearer}
 * challenge with {@code claims}, as Microsoft's APIs send to clients with the capability {@code
 * cp1}. Get a new token with these claims, then send the request again:
 *
 * <pre>{@code
 * HttpResponse<String> call(HttpRequest.Builder request) throws IOException, InterruptedException {
 *   AccessToken token = tokens.get();
 *   var response = send(request.setHeader("Authorization", "Bearer " + token.value()));
 *   var challenge = ClaimsChallenge.parse(response.headers());
 *   if (response.statusCode() != 401 || challenge.isEmpty()) {
 *     return response;
 *   }
 *   // Refreshes with the claims; SignInRequired carries them into client.beginSignIn(why).
 *   AccessToken better = tokens.replace(token, challenge.get().claims());
 *   return send(request.setHeader("Authorization", "Bearer " + better.value()));
 * }
 * }</pre>
 *
 * @param claims the required claims as the text of a JSON object, for {@link TokenSource#replace
 *     TokenSource.replace}; control and invisible characters in it are escaped
 * @param error the API's error code, usually {@code insufficient_claims} or {@code invalid_token};
 *     null if it sent none
 * @param authorizationUri where the API would send the person to sign in; null if it named no URI
 *     that is safe to open. For display or comparison only: Latchkey asks the account's own server
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/claims-challenge">Claims
 *     challenges</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3">RFC 6750 §3</a>
 */
public record ClaimsChallenge(
    String claims, @Nullable String error, @Nullable URI authorizationUri) {

  // RFC 6750 §3: "MUST NOT include characters outside the set %x20-21 / %x23-5B / %x5D-7E."
  private static final Pattern ERROR =
      Pattern.compile("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]{1,200}");

  /**
   * Creates a challenge, for an application's own tests.
   *
   * @param claims the JSON text
   * @param error the error code; null if there is none
   * @param authorizationUri where the person would sign in; null if unknown
   * @throws IllegalArgumentException if {@code claims} is not a JSON object
   */
  public ClaimsChallenge {
    Claims unused = Claims.parse(claims);
  }

  /**
   * Finds the claims challenge in the {@code WWW-Authenticate} fields of a response. Never throws;
   * malformed challenges are skipped. Reads several fields, several challenges in one field, and
   * claims in any form of Base64.
   *
   * @param headers the headers of a response with status 401; some APIs send 403
   * @return the first {@code Bearer} challenge whose claims are a JSON object of at most 8192
   *     characters, if any
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1">RFC 9110 §11.6.1</a>
   */
  public static Optional<ClaimsChallenge> parse(HttpHeaders headers) {
    return parse(headers.map());
  }

  /**
   * The same for the headers of another HTTP library, such as {@code
   * HttpURLConnection.getHeaderFields()}, OkHttp's {@code headers().toMultimap()}, or the multimaps
   * of JAX-RS and Spring.
   *
   * @param headers the values of each field by its name, in any case
   * @return as {@link #parse(HttpHeaders)}
   */
  public static Optional<ClaimsChallenge> parse(Map<String, ? extends Collection<String>> headers) {
    return first(Challenges.read(headers));
  }

  /**
   * The same for the value of one {@code WWW-Authenticate} field. If a response has several, call
   * it for each.
   *
   * @param wwwAuthenticate the value, without the name of the field
   * @return as {@link #parse(HttpHeaders)}
   */
  public static Optional<ClaimsChallenge> parse(String wwwAuthenticate) {
    return first(Challenges.read(wwwAuthenticate));
  }

  private static Optional<ClaimsChallenge> first(List<Challenge> challenges) {
    return challenges.stream()
        .filter(challenge -> challenge.isOf("Bearer"))
        .flatMap(challenge -> of(challenge).stream())
        .findFirst();
  }

  private static Optional<ClaimsChallenge> of(Challenge challenge) {
    String encoded = challenge.parameter("claims");
    String claims = encoded == null ? null : ChallengeClaims.decode(encoded);
    if (claims == null) {
      return Optional.empty();
    }
    String error = challenge.parameter("error");
    String uri = challenge.parameter("authorization_uri");
    try {
      return Optional.of(
          new ClaimsChallenge(
              Text.escapeJson(claims),
              error != null && ERROR.matcher(error).matches() ? error : null,
              uri == null ? null : SecureUri.read(uri)));
    } catch (IllegalArgumentException e) { // the claims are not a JSON object
      return Optional.empty();
    }
  }

  /** Leaves out the claims, which may name policies and carry nonces. */
  @Override
  public String toString() {
    String host = authorizationUri == null ? null : authorizationUri.getHost();
    return "ClaimsChallenge[error=" + error + ", authorizationUri=" + host + "]";
  }
}
