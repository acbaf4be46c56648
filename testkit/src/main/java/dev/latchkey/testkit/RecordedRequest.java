package dev.latchkey.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A request that the fake server received. Secrets in it are replaced by {@code ***}, so that it
 * can be printed. Thread-safe; {@link #status()} and {@link #error()} are empty until the server
 * answers.
 *
 * @see FakeAuthorizationServer#requests()
 */
public interface RecordedRequest {

  /** {@return the endpoint that received it} */
  Endpoint endpoint();

  /** {@return the HTTP method, in capitals} */
  String method();

  /** {@return the path, with the tenant and without the query} */
  String path();

  /** {@return the query parameters in the order sent; secrets are {@code ***}} */
  Map<String, String> query();

  /** {@return the form parameters in the order sent; secrets are {@code ***}} */
  Map<String, String> form();

  /**
   * A header.
   *
   * @param name its name, in any case
   * @return its first value, or {@code ***} if the value is a secret; empty without the header
   */
  Optional<String> header(String name);

  /** {@return whether it has an {@code Authorization} header, valid or not} */
  default boolean isAuthorized() {
    return header("Authorization").isPresent();
  }

  /** {@return the port that received it: the server's own, or the storage's} */
  int port();

  /** {@return the form parameter {@code grant_type}; empty without one} */
  default Optional<String> grantType() {
    return Optional.ofNullable(form().get("grant_type"));
  }

  /** {@return whether it polls for the tokens of a sign-in} */
  default boolean isPoll() {
    return endpoint() == Endpoint.TOKEN && grantType().orElse("").endsWith("device_code");
  }

  /** {@return whether it redeems, or tries to redeem, a refresh token} */
  default boolean isRefresh() {
    return endpoint() == Endpoint.TOKEN && grantType().orElse("").equals("refresh_token");
  }

  /** {@return when it arrived, by the server's clock} */
  Instant time();

  /** {@return how long after the start of the server it arrived, by the monotonic clock} */
  Duration sinceStart();

  /**
   * {@return the HTTP status of the answer; empty until the server answers, and for good if it cuts
   * the connection instead}
   */
  OptionalInt status();

  /** {@return the OAuth {@code error} of the answer; empty if the answer has none} */
  Optional<String> error();
}
