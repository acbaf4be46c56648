package dev.latchkey.interop.contract;

import dev.latchkey.AuthorizationServer;
import dev.latchkey.PublicClient;
import dev.latchkey.store.TokenStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTTP proxy on loopback that counts the polls of a client, and can let a server act on a
 * request and then cut the connection instead of passing its answer on. One request a connection.
 */
public final class CuttingProxy implements AutoCloseable {

  private static final Pattern REQUEST_LINE =
      Pattern.compile("^(\\S+) http://([^/:]+):(\\d+)(\\S*) HTTP/1.1\r\n");
  private static final String POLL =
      "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code";
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");

  private final ServerSocket socket;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "cutting-proxy");
            thread.setDaemon(true);
            return thread;
          });
  private final AtomicBoolean cut = new AtomicBoolean();
  private final CountDownLatch dropped = new CountDownLatch(1);
  private final AtomicInteger polls = new AtomicInteger();

  private CuttingProxy(ServerSocket socket) {
    this.socket = socket;
    threads.execute(this::accept);
  }

  public static CuttingProxy open() throws IOException {
    return new CuttingProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
  }

  /** A client that reaches the server through this proxy. */
  public PublicClient client(RealServer server, TokenStore store) {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
    return PublicClient.builder()
        .authorizationServer(AuthorizationServer.discover(server.issuer()))
        .clientId(server.clientId())
        .tokenStore(store)
        .httpClient(HttpClient.newBuilder().proxy(ProxySelector.of(address)).build())
        .build();
  }

  /** Lets the server act on the next request, and loses its answer. */
  public void dropNextAnswer() {
    cut.set(true);
  }

  /** Waits until an answer was lost. */
  public void awaitDropped(Duration patience) throws InterruptedException {
    if (!dropped.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("no answer was lost within " + patience);
    }
  }

  /** How many polls have come here, answered or not. */
  public int polls() {
    return polls.get();
  }

  /** Waits until so many polls in all have come here. */
  public void awaitPolls(int count, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (polls.get() < count) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(polls + " polls and not " + count + " in " + patience);
      }
      Thread.sleep(20);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        threads.execute(() -> pass(client));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void pass(Socket client) {
    try (client) {
      String request = read(client.getInputStream());
      Matcher line = REQUEST_LINE.matcher(request);
      if (!line.find()) {
        return;
      }
      if (request.contains(POLL)) {
        polls.incrementAndGet();
      }
      boolean lose = cut.getAndSet(false);
      try (Socket server = new Socket(line.group(2), Integer.parseInt(line.group(3)))) {
        String head = line.group(1) + " " + line.group(4) + " HTTP/1.1\r\nConnection: close\r\n";
        String rest = request.substring(line.end());
        server.getOutputStream().write((head + rest).getBytes(StandardCharsets.ISO_8859_1));
        byte[] answer = server.getInputStream().readAllBytes();
        if (lose) {
          dropped.countDown();
        } else {
          client.getOutputStream().write(answer);
        }
      }
    } catch (IOException e) {
      // The client sees its connection broken, as it would by a real proxy.
    }
  }

  private static String read(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int end = -1;
    int length = 0;
    while (end < 0 || bytes.size() < end + length) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      bytes.write(next);
      if (end < 0 && next == '\n') {
        String head = bytes.toString(StandardCharsets.ISO_8859_1);
        if (head.endsWith("\r\n\r\n")) {
          end = bytes.size();
          Matcher matcher = LENGTH.matcher(head);
          length = matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
        }
      }
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
    threads.shutdownNow();
  }
}
