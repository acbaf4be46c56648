package dev.latchkey.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A loopback server of one connection that does to the socket what no proper server would. */
final class RawServer implements AutoCloseable {

  /** What the server does once it has the request. */
  interface Script {
    void play(Socket socket) throws IOException;
  }

  private final ServerSocket listener;
  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch hungUp = new CountDownLatch(1);
  private volatile String request = "";

  private RawServer(boolean readsRequest, Script script) throws IOException {
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(() -> serve(readsRequest, script), "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  static RawServer afterRequest(Script script) throws IOException {
    return new RawServer(true, script);
  }

  static RawServer onConnect(Script script) throws IOException {
    return new RawServer(false, script);
  }

  /** Sends these bytes and then nothing, the connection open. */
  static RawServer sendingThenSilent(String bytes) throws IOException {
    return afterRequest(socket -> write(socket, bytes));
  }

  static void write(Socket socket, String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
  }

  static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  URI uri(String scheme) {
    return URI.create(scheme + "://127.0.0.1:" + listener.getLocalPort() + "/token?secret=1");
  }

  String request() {
    return request;
  }

  boolean awaitRequest() throws InterruptedException {
    return requested.await(20, TimeUnit.SECONDS);
  }

  /** Whether the client closed the connection, or does so within 20 seconds. */
  boolean awaitHangUp() throws InterruptedException {
    return hungUp.await(20, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void serve(boolean readsRequest, Script script) {
    try (Socket socket = listener.accept()) {
      if (readsRequest) {
        request = read(socket.getInputStream());
      }
      requested.countDown();
      script.play(socket);
      if (!socket.isClosed()) {
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      }
    } catch (IOException e) {
      // A reset is a way to hang up as well.
    } finally {
      hungUp.countDown();
    }
  }

  private static String read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return head.toString(ISO_8859_1);
      }
      head.write(next);
    }
    String text = head.toString(ISO_8859_1);
    int length =
        text.lines()
            .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
            .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
            .findFirst()
            .orElse(0);
    return text + new String(in.readNBytes(length), ISO_8859_1);
  }
}
