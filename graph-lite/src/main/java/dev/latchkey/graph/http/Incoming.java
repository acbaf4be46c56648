package dev.latchkey.graph.http;

import dev.latchkey.graph.error.GraphError;
import java.io.InputStream;
import java.net.http.HttpHeaders;

/** An answer whose body is still on its way. To be closed. */
public final class Incoming implements AutoCloseable {

  private final int status;
  private final HttpHeaders headers;
  private final ArrivingBody body;
  private final GraphError about;

  Incoming(int status, HttpHeaders headers, ArrivingBody body, GraphError about) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.about = about;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** All headers. */
  public HttpHeaders headers() {
    return headers;
  }

  /**
   * The body. A read waits for the next byte no longer than the idle limit; an interrupt ends it
   * with an {@link java.io.InterruptedIOException}, the flag set.
   */
  public InputStream body() {
    return body;
  }

  /** Ids and date, for complaints. */
  public GraphError about() {
    return about;
  }

  @Override
  public void close() {
    body.close();
  }
}
