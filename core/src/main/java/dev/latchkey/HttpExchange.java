package dev.latchkey;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request and its response, as an {@link ExchangeListener} is told of them. Holds no
 * content: neither path, query and headers nor a body.
 *
 * @param kind what the request was for
 * @param host the host that the request was for, without a port, in lower case
 * @param status the HTTP status; null if no response came, or not all of it, and if the program
 *     cancelled the exchange
 * @param duration from handing the request to the HTTP client until the whole response had come;
 *     for the content of a file, until its head had come
 * @param attempt 1, or more if the library sent the same request before. A poll is a request of its
 *     own each time, and so is a part of an upload
 */
public record HttpExchange(
    Kind kind, String host, @Nullable Integer status, Duration duration, int attempt) {

  /** What a request is for. */
  public enum Kind {
    /** Reads the metadata of the authorization server (RFC 8414). */
    METADATA,
    /** Begins a sign-in with a code (RFC 8628 §3.1). */
    DEVICE_AUTHORIZATION,
    /** Asks whether the person has finished (RFC 8628 §3.4). */
    POLL,
    /** Begins a sign-in with a browser, at a server that takes pushed requests only (RFC 9126). */
    PUSHED_AUTHORIZATION,
    /** Redeems the code that the browser brought (RFC 6749 §4.1.3). */
    AUTHORIZATION_CODE,
    /** Fetches a token with a refresh token (RFC 6749 §6). */
    REFRESH,
    /** Revokes a refresh token (RFC 7009). */
    REVOCATION,
    /** Calls Microsoft Graph with a token. */
    API,
    /** Moves content of a file from or to an address that needs no token. */
    CONTENT
  }
}
