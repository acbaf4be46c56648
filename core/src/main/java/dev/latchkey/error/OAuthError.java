package dev.latchkey.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The error response of an authorization server, as it was sent, except that control characters and
 * text that looks like a token are removed: every part is safe to show. Immutable.
 *
 * <p>Branch on the type of the {@link LatchkeyException} that carries it, never on {@link
 * #description()}, which is free text for people and changes without notice.
 *
 * @param status the HTTP status, 100 to 599; some servers send errors with 200
 * @param error the {@code error} member, such as {@code invalid_grant}
 * @param description the {@code error_description} member
 * @param suberror Entra's {@code suberror}, such as {@code token_expired}
 * @param aadsts Entra's error numbers, such as {@code 7000218}, the most significant one first;
 *     empty for other servers
 * @param claims Entra's {@code claims} member: the JSON to send with the next sign-in
 * @param correlationId Entra's {@code correlation_id}, for its support
 * @param traceId Entra's {@code trace_id}, for its support
 * @param timestamp the server's time stamp of the error, in its own format
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
   * Returns Entra's error numbers.
   *
   * @return an unmodifiable list, the most significant number first; empty for other servers
   */
  @Override
  public List<Integer> aadsts() {
    return List.copyOf(aadsts);
  }

  /**
   * Creates an error of which only the status and the code are known.
   *
   * @param status the HTTP status
   * @param error the {@code error} member
   * @return an error without any other part
   */
  public static OAuthError of(int status, String error) {
    return new OAuthError(status, error, null, null, List.of(), null, null, null, null, null);
  }
}
