package dev.latchkey.graph;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes the head of each request and resets the connection. */
final class ResettingServer implements AutoCloseable {

  private final ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
  private final Thread thread = new Thread(this::serve, "resetting server");
  private final AtomicInteger requests = new AtomicInteger();

  ResettingServer() throws IOException {
    thread.setDaemon(true);
    thread.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1.0");
  }

  /** How many requests came. */
  int requests() {
    return requests.get();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        if (headCame(socket.getInputStream())) {
          requests.incrementAndGet();
        }
        // Makes an RST of the close.
        socket.setSoLinger(true, 0);
      } catch (IOException e) {
        // Closed, or the client was faster.
      }
    }
  }

  private static boolean headCame(InputStream in) throws IOException {
    int last = 0;
    for (int octet = in.read(); octet >= 0; octet = in.read()) {
      last = last << 8 | octet;
      if (last == 0x0d0a0d0a) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
