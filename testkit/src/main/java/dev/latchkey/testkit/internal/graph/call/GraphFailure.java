package dev.latchkey.testkit.internal.graph.call;

import java.util.ArrayList;
import java.util.List;

/** Ends a call with an error of Graph. */
public final class GraphFailure extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;
  private final transient List<String> innerCodes;
  private final transient List<Header> headers;

  /** A header of the answer. */
  record Header(String name, List<String> values) {}

  private GraphFailure(
      int status, String code, String message, List<String> innerCodes, List<Header> headers) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.innerCodes = innerCodes;
    this.headers = headers;
  }

  /**
   * An error.
   *
   * @param innerCodes the outermost first
   */
  public static GraphFailure of(int status, String code, String message, String... innerCodes) {
    return new GraphFailure(status, code, message, List.of(innerCodes), List.of());
  }

  /** The access token is missing, invalid or insufficient. */
  public static GraphFailure unauthorized(int status, String message, List<String> challenges) {
    return of(status, "InvalidAuthenticationToken", message).with("WWW-Authenticate", challenges);
  }

  public static GraphFailure badRequest(String message) {
    return of(400, "BadRequest", message);
  }

  public static GraphFailure invalidRequest(String message) {
    return of(400, "invalidRequest", message);
  }

  public static GraphFailure itemNotFound() {
    return of(404, "itemNotFound", "The resource could not be found.");
  }

  public static GraphFailure nameExists(String name) {
    return of(
        409, "nameAlreadyExists", "The specified item name already exists: " + name, "nameExists");
  }

  public GraphFailure with(String header, List<String> values) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new Header(header, List.copyOf(values)));
    return new GraphFailure(status, code, message(), innerCodes, more);
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String message() {
    return String.valueOf(getMessage());
  }

  List<String> innerCodes() {
    return innerCodes;
  }

  List<Header> headers() {
    return headers;
  }
}
