package dev.latchkey.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an authorization server said when it refused, verbatim. Immutable.
 *
 * <p>Branch on the type of the {@link LatchkeyException} that carries it, never on {@link
 * #description()}: that is free text for people and changes without notice. Control characters are
 * removed from it, so that it may be shown on a terminal.
 *
 * @param status the HTTP status of the answer, 100 to 599; some servers send errors with 200
 * @param error the {@code error} member, such as {@code invalid_grant}
 * @param description the {@code error_description} member
 * @param suberror Entra's {@code suberror}, such as {@code token_expired}
 * @param aadsts Entra's error numbers, most significant first, such as {@code 7000218}; empty for
 *     other servers
 * @param claims Entra's {@code claims} member: the JSON to send with the next sign-in
 * @param correlationId Entra's {@code correlation_id}, for its support
 * @param traceId Entra's {@code trace_id}, for its support
 * @param timestamp the server's own time stamp of the error, in its own format
 * @param errorUri the {@code error_uri} member: a page about the error
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-5.2">RFC 6749 §5.2</a>
 */
public record OAuthError(
    int status,
    String error,
    @Nullable String description,
    @Nullable String suberror,
    List<Integer> aadsts,
    @Nullable String claims,
    @Nullable String correlationId,
    @Nullable String traceId,
    @Nullable String timestamp,
    @Nullable String errorUri) {

  /**
   * Entra's error numbers.
   *
   * @return an unmodifiable list, most significant first; empty for other servers
   */
  @Override
  public List<Integer> aadsts() {
    return List.copyOf(aadsts);
  }

  /**
   * An error of which only the code is known.
   *
   * @param status the HTTP status of the answer
   * @param error the {@code error} member
   * @return an error with every other part absent
   */
  public static OAuthError of(int status, String error) {
    return new OAuthError(status, error, null, null, List.of(), null, null, null, null, null);
  }
}
