package dev.latchkey.testkit.internal.graph;

import dev.latchkey.testkit.Endpoint;
import dev.latchkey.testkit.internal.http.Handler;
import dev.latchkey.testkit.internal.http.Router;
import dev.latchkey.testkit.internal.http.Transport;
import dev.latchkey.testkit.internal.oauth.Services;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * The host of upload and download URLs, on a port of its own. It starts to listen when the first
 * such URL is created. Thread-safe.
 */
final class StorageHost implements AutoCloseable {

  private final Services services;
  private final Router router = new Router();
  private @Nullable Transport transport;
  private boolean closed;

  StorageHost(Services services, Handler handler) {
    this.services = services;
    mount(router, handler);
    router.mount(".*", Endpoint.OTHER, handler);
  }

  static void mount(Router router, Handler handler) {
    router.mount("/_api/v2\\.0/uploadSession/.*", Endpoint.UPLOAD, handler);
    router.mount("/_layouts/15/download\\.aspx", Endpoint.DOWNLOAD, handler);
  }

  synchronized String baseUrl() {
    if (closed) {
      throw new IllegalStateException("The fake server is closed");
    }
    if (transport == null) {
      transport = start();
    }
    return transport.baseUrl();
  }

  private Transport start() {
    try {
      var started = new Transport(0, router, services.faults, services.log, services.clock, true);
      started.start();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException("The storage of the fake Graph finds no port", e);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (transport != null) {
      transport.stop();
    }
  }
}
