package dev.latchkey.internal.http;

import java.net.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * What came back for one request.
 *
 * @param status the HTTP status
 * @param headers all header fields
 * @param body the whole body; null if it could not be kept
 * @param problem why there is no body; null if there is one
 */
@SuppressWarnings("ArrayRecordComponent") // read once, by the reader of the call
public record HttpReply(
    int status, HttpHeaders headers, byte @Nullable [] body, @Nullable String problem) {

  /** Leaves out the headers and the body, which may hold secrets. */
  @Override
  public String toString() {
    return "HttpReply[status=" + status + ", problem=" + problem + "]";
  }
}
