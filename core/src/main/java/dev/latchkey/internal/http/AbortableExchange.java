package dev.latchkey.internal.http;

import java.util.concurrent.CompletableFuture;

/**
 * What the HTTP client does for one request, to be aborted at any time. Aborting closes the
 * connection (HTTP/1.1) or resets the stream (HTTP/2).
 *
 * <p>When a head is malformed, the JDK's client (17 to 25) fails its future and leaves the
 * connection open for ever: cancelling that future does nothing, because it is done. A future that
 * depends on it and never completes passes a cancellation on to the exchange all the same. JDK 25
 * keeps the exchange by a weak reference: if the garbage is collected between the failure and the
 * cancellation, the connection stays open until the server closes it.
 */
public final class AbortableExchange {

  private final CompletableFuture<?> sending;
  private final CompletableFuture<?> undone;

  /**
   * Creates one.
   *
   * @param sending what {@code HttpClient.sendAsync} returned
   */
  public AbortableExchange(CompletableFuture<?> sending) {
    this.sending = sending;
    this.undone =
        sending
            .handle((response, failure) -> response)
            .thenCompose(any -> new CompletableFuture<Void>());
  }

  /** Aborts the exchange. Not to be called once its connection may serve another request. */
  public void abort() {
    sending.cancel(true);
    undone.cancel(true);
  }
}
