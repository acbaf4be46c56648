package dev.latchkey.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An OAuth error that the server answers. Immutable.
 *
 * <pre>{@code
 * server.fail(Fault.answer(OAuthFailure.of("invalid_grant").aadsts(50173)).to(Endpoint.TOKEN));
 * }</pre>
 *
 * <p>With AADSTS numbers, the body is Entra ID's: {@code error}, {@code error_description} with
 * trace and correlation id, {@code error_codes}, {@code timestamp}, {@code error_uri} and so on.
 * Without one, it has only {@code error} and {@code error_description}, as other servers send it.
 *
 * @param error the error code, for example {@code invalid_grant}
 * @param aadsts the AADSTS numbers in the order of {@code error_codes}; empty for none
 * @param description the text of {@code error_description}; null for none, or with AADSTS numbers
 *     for Entra ID's own
 * @param suberror Entra ID's {@code suberror}; null for none
 * @param claims Entra ID's {@code claims}, as JSON text; null for none
 * @param status the HTTP status
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-5.2">RFC 6749 §5.2</a>
 */
public record OAuthFailure(
    String error,
    List<Integer> aadsts,
    @Nullable String description,
    @Nullable String suberror,
    @Nullable String claims,
    int status) {

  /**
   * The AADSTS numbers.
   *
   * @return an unmodifiable list in the order of {@code error_codes}; empty for none
   */
  @Override
  public List<Integer> aadsts() {
    return List.copyOf(aadsts);
  }

  /**
   * A failure with this {@code error} code, sent with status 400, or 401 for {@code
   * invalid_client}.
   *
   * @param error the error code, for example {@code invalid_grant}, known or not
   * @return the failure
   */
  public static OAuthFailure of(String error) {
    return new OAuthFailure(
        error, List.of(), null, null, null, error.equals("invalid_client") ? 401 : 400);
  }

  /**
   * The same failure as Entra ID sends it, with these AADSTS numbers and Entra ID's texts for them,
   * where known.
   *
   * @param number for example 50173
   * @param more further numbers: Entra ID sends 70002 with 70008, for example
   * @return the new failure
   */
  public OAuthFailure aadsts(int number, int... more) {
    List<Integer> numbers =
        IntStream.concat(IntStream.of(number), Arrays.stream(more)).boxed().toList();
    return new OAuthFailure(error, numbers, description, suberror, claims, status);
  }

  /**
   * The same failure with this text in {@code error_description}, after the AADSTS number, if any.
   *
   * @param text the text, for people
   * @return the new failure
   */
  public OAuthFailure description(String text) {
    return new OAuthFailure(error, aadsts, text, suberror, claims, status);
  }

  /**
   * The same failure with Entra ID's {@code suberror}.
   *
   * @param code for example {@code consent_required}
   * @return the new failure
   */
  public OAuthFailure suberror(String code) {
    return new OAuthFailure(error, aadsts, description, code, claims, status);
  }

  /**
   * The same failure with Entra ID's {@code claims}: what the next sign-in must request.
   *
   * @param json JSON text
   * @return the new failure
   */
  public OAuthFailure claims(String json) {
    return new OAuthFailure(error, aadsts, description, suberror, json, status);
  }

  /**
   * The same failure with this HTTP status. Entra ID has been seen to send errors with 200.
   *
   * @param code the HTTP status
   * @return the new failure
   */
  public OAuthFailure status(int code) {
    return new OAuthFailure(error, aadsts, description, suberror, claims, code);
  }

  @Override
  public String toString() {
    return aadsts.isEmpty()
        ? error
        : aadsts.stream()
            .map(number -> "AADSTS" + number)
            .collect(Collectors.joining(", ", error + " (", ")"));
  }
}
