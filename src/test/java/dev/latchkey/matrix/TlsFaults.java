package dev.latchkey.matrix;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Servers to which no connection comes about: refused, or failed while TLS is agreed. */
public final class TlsFaults implements AutoCloseable {

  private static final char[] PASSWORD = "changeit".toCharArray();

  private interface Greeting {
    void play(Socket socket) throws IOException;
  }

  private final Map<String, URI> places = new LinkedHashMap<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final KeyStore trusted;

  /**
   * Starts them.
   *
   * @param directory for the keys
   */
  public TlsFaults(Path directory) throws Exception {
    Path file = directory.resolve("keys.p12");
    keytool(file, "ca", "ca", "-1d", "-ext", "bc:c");
    keytool(file, "wrong host", "elsewhere.example", "-1d", "-signer", "ca");
    keytool(file, "expired", "localhost", "-30d", "-signer", "ca");
    keytool(file, "other protocol", "localhost", "-1d", "-signer", "ca");
    keytool(file, "untrusted", "localhost", "-1d");
    KeyStore all = load(file);
    trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", all.getCertificate("ca"));
    for (String name : List.of("wrong host", "expired", "other protocol", "untrusted")) {
      listen("TLS, " + name, handshake(only(all, name), name));
    }
    refuse();
    listen("TLS, closed", Socket::close);
    listen("TLS, closed after the hello", TlsFaults::hello);
    listen(
        "TLS, reset after the hello",
        socket -> {
          hello(socket);
          socket.setSoLinger(true, 0);
        });
    answer("HTTP instead of TLS", "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    answer("an alert", "\25\3\3\0\2\2\50");
    answer("half a record", "\26\3\3\100\0\2");
    answer("zeros", "\0".repeat(5_000));
    listen(
        "TLS hangs", socket -> socket.getInputStream().transferTo(OutputStream.nullOutputStream()));
  }

  /** Each place by what is wrong with it. */
  public Map<String, URI> places() {
    return places;
  }

  /** Whether only a time limit ends a call to the place. */
  public static boolean isSlow(String place) {
    return place.endsWith("hangs");
  }

  /** Requests that came through all the same. */
  public List<String> requests() {
    return requests;
  }

  /** For clients: trusts all certificates but the untrusted one. */
  public SSLContext context() throws GeneralSecurityException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  /** A port that is taken and not listened to. */
  private void refuse() throws IOException {
    Socket taken = new Socket();
    taken.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
    open.add(taken);
    places.put("refused", URI.create("http://127.0.0.1:" + taken.getLocalPort()));
    places.put("TLS, refused", URI.create("https://127.0.0.1:" + taken.getLocalPort()));
  }

  private void answer(String name, String bytes) throws IOException {
    listen(
        "TLS, " + name,
        socket -> {
          hello(socket);
          Wire wire =
              new Wire(socket, "", () -> GoodAnswer.empty(599), URI.create("/"), new Marks(name));
          wire.write(bytes.getBytes(ISO_8859_1));
          wire.close();
        });
  }

  private Greeting handshake(KeyStore keys, String name) throws GeneralSecurityException {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return socket -> {
      SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true);
      tls.setUseClientMode(false);
      if (name.equals("other protocol")) {
        // What this client does not offer.
        tls.setEnabledCipherSuites(new String[] {"TLS_AES_256_GCM_SHA384"});
        tls.setEnabledProtocols(new String[] {"TLSv1.2"});
      }
      InputStream in = tls.getInputStream();
      if (in.read() >= 0) {
        requests.add("a request came through: " + name);
      }
    };
  }

  private static void hello(Socket socket) throws IOException {
    // Closing the connection before the client's hello is read would reset it.
    int unused = socket.getInputStream().read(new byte[8_192]);
  }

  private void listen(String name, Greeting greeting) throws IOException {
    ServerSocket listener =
        new ServerSocket(0, 100, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    open.add(listener);
    places.put(name, URI.create("https://localhost:" + listener.getLocalPort()));
    HostileServer.start(
        () -> {
          try {
            while (true) {
              Socket socket = listener.accept();
              HostileServer.start(() -> greet(socket, greeting));
            }
          } catch (IOException e) {
            // Closed.
          }
        });
  }

  private static void greet(Socket socket, Greeting greeting) {
    try (socket) {
      greeting.play(socket);
    } catch (IOException | IllegalArgumentException e) {
      // The handshake failed, as it should.
    }
  }

  /** Makes a key with a certificate for a host, valid for ten days. */
  private static void keytool(Path file, String alias, String host, String from, String... more)
      throws IOException, InterruptedException {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> command = new ArrayList<>(List.of(keytool, "-genkeypair", "-alias", alias));
    command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=" + host));
    command.addAll(List.of("-ext", "san=dns:" + host, "-startdate", from, "-validity", "10"));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", new String(PASSWORD)));
    command.addAll(List.of("-keystore", file.toString()));
    command.addAll(List.of(more));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(file.resolveSibling("keytool.log").toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new IOException(Files.readString(file.resolveSibling("keytool.log")));
    }
  }

  private static KeyStore only(KeyStore all, String alias)
      throws IOException, GeneralSecurityException {
    KeyStore one = KeyStore.getInstance("PKCS12");
    one.load(null, null);
    one.setKeyEntry(alias, all.getKey(alias, PASSWORD), PASSWORD, all.getCertificateChain(alias));
    return one;
  }

  private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    return keys;
  }
}
