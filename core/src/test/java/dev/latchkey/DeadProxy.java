package dev.latchkey;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A proxy where nobody listens: the first requests go there, and so never leave; later ones do. */
final class DeadProxy extends ProxySelector {

  private final AtomicInteger asked = new AtomicInteger();
  private final int requests;
  private final Proxy nobody;

  DeadProxy(int requests) throws IOException {
    this.requests = requests;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = new Proxy(Proxy.Type.HTTP, socket.getLocalSocketAddress());
    }
  }

  PublicClientBuilder use(PublicClientBuilder builder) {
    return builder.httpClient(HttpClient.newBuilder().proxy(this).build());
  }

  /** How many requests wanted to go out. */
  int asked() {
    return asked.get();
  }

  @Override
  public List<Proxy> select(URI uri) {
    return List.of(asked.incrementAndGet() <= requests ? nobody : Proxy.NO_PROXY);
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // as expected
  }
}
