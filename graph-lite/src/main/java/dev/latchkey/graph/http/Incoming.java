package dev.latchkey.graph.http;

import dev.latchkey.graph.error.GraphError;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;

/**
 * An answer whose body is still on its way. To be closed.
 *
 * @param status the HTTP status
 * @param headers all of them
 * @param body waits for the next byte no longer than the idle limit; an interrupt ends a read with
 *     an {@link java.io.InterruptedIOException}, the flag set
 * @param about ids and date, for complaints
 */
public record Incoming(int status, HttpHeaders headers, InputStream body, GraphError about)
    implements AutoCloseable {

  @Override
  public void close() throws IOException {
    body.close();
  }

  /** Leaves out the headers. */
  @Override
  public String toString() {
    return "Incoming[" + status + "]";
  }
}
