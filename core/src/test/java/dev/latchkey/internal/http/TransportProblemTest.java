package dev.latchkey.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.HttpExchange.Kind;
import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.fixture.RawServer;
import dev.latchkey.internal.error.Context;
import dev.latchkey.internal.error.OAuthErrorMapper;
import dev.latchkey.internal.oauth.Exchange;
import dev.latchkey.internal.oauth.Form;
import dev.latchkey.internal.time.Time;
import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Why no reply came, and what would help: as the JDK reports it, on each of its versions. */
class TransportProblemTest {

  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final URI NOWHERE = URI.create("https://latchkey.invalid/token");

  @TempDir static Path directory;
  private static KeyStore keys;

  /** An authority, and a server's certificate of it, which expired five days ago. */
  @BeforeAll
  static void makeCertificates() throws Exception {
    Path file = directory.resolve("keys.p12");
    keytool(file, "authority", "-ext", "bc:c");
    keytool(
        file,
        "server",
        "-signer",
        "authority",
        "-startdate",
        "-10d",
        "-validity",
        "5",
        "-ext",
        "san=dns:localhost,ip:127.0.0.1");
    keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
  }

  private static void keytool(Path file, String alias, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-alias", alias, "-dname", "CN=" + alias));
    command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", "changeit", "-keystore", file.toString()));
    command.addAll(List.of(options));
    assertThat(new ProcessBuilder(command).redirectErrorStream(true).start().waitFor()).isZero();
  }

  @Test
  void everyProblemHasARemedyOfItsOwn() {
    Set<String> remedies = new HashSet<>();

    for (TransportProblem problem : TransportProblem.values()) {
      assertThat(problem.remedy()).matches("[A-Z].{10,250}\\.");
      assertThat(remedies.add(problem.remedy())).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BROKEN")
  void onlyAConnectionThatBrokeIsBlamedOnTheNetworkAlone(TransportProblem problem) {
    assertThat(problem.remedy()).doesNotContain("Check the network connection");
  }

  @Test
  void certificateOfACompanysProxyIsNotTrusted() throws Exception {
    try (MockWebServer server = new MockWebServer()) {
      server.useHttps(serverTls().getSocketFactory());
      server.start();

      ServiceUnavailable failure = failure(HttpClient.newHttpClient(), server.url("/t").uri());

      assertThat(failure.remedy()).contains("root certificate").contains("trust store");
    }
  }

  @Test
  void certificateThatHasExpiredByThisClockPointsToTheClock() throws Exception {
    try (MockWebServer server = new MockWebServer()) {
      server.useHttps(serverTls().getSocketFactory());
      server.start();
      HttpClient trusting = HttpClient.newBuilder().sslContext(trustingTls()).build();

      ServiceUnavailable failure = failure(trusting, server.url("/t").uri());

      assertThat(failure.remedy()).contains("date, time and time zone of this machine");
    }
  }

  private static SSLContext serverTls() throws Exception {
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, PASSWORD);
    own.setKeyEntry(
        "server", keys.getKey("server", PASSWORD), PASSWORD, keys.getCertificateChain("server"));
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(own, PASSWORD);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    return tls;
  }

  private static SSLContext trustingTls() throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, PASSWORD);
    trusted.setCertificateEntry("authority", keys.getCertificate("authority"));
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, managers.getTrustManagers(), null);
    return tls;
  }

  @Test
  void refusedConnectionPointsToTheServer() throws Exception {
    int port;
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = listener.getLocalPort();
    }

    ServiceUnavailable failure =
        failure(HttpClient.newHttpClient(), URI.create("http://127.0.0.1:" + port + "/token"));

    assertThat(failure.remedy()).contains("server is running");
  }

  @Test
  void unknownHostPointsToItsName() throws Exception {
    assertThat(failure(HttpClient.newHttpClient(), NOWHERE).remedy()).contains("host name");
  }

  @Test
  void silentServerPointsToAFirewall() throws Exception {
    try (RawServer server = RawServer.sendingThenSilent("")) {
      Exchange hasty =
          new Exchange(HttpClient.newHttpClient(), Duration.ofMillis(300), Time.system());

      assertThat(failure(hasty, server.uri("http")).remedy()).contains("firewall");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Proxy-Authenticate: Basic realm=\"office\"\n", "", "X: y\n"})
  void proxyThatWantsAPasswordIsNamed(String challenge) throws Exception {
    assertThat(behindProxy(refusal(challenge), false).remedy()).contains("password for the proxy");
  }

  @Test
  void proxyThatDoesNotAcceptThePasswordIsNamed() throws Exception {
    assertThat(behindProxy(refusal("Proxy-Authenticate: Basic realm=\"office\"\n"), true).remedy())
        .contains("password for the proxy");
  }

  @Test
  void proxyThatForbidsTheHostIsNamed() throws Exception {
    assertThat(behindProxy("HTTP/1.1 403 Forbidden\nContent-Length: 0\n\n", false).remedy())
        .contains("operator of the proxy");
  }

  private static String refusal(String challenge) {
    return "HTTP/1.1 407 Required\n" + challenge + "Content-Length: 0\n\n";
  }

  private static ServiceUnavailable behindProxy(String head, boolean password) throws Exception {
    try (RawServer proxy = RawServer.sendingThenSilent(head.replace("\n", "\r\n"))) {
      var address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.uri("http").getPort());
      HttpClient.Builder client = HttpClient.newBuilder().proxy(ProxySelector.of(address));
      if (password) {
        client.authenticator(
            new Authenticator() {
              @Override
              protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication("user", PASSWORD);
              }
            });
      }
      return failure(client.build(), NOWHERE);
    }
  }

  /** What a test cannot cause on loopback, as the JDK throws it. */
  static Stream<Arguments> thrown() {
    CertPathValidatorException early =
        new CertPathValidatorException("no", null, null, -1, BasicReason.NOT_YET_VALID);
    return Stream.of(
        Arguments.of(handshake(new CertificateNotYetValidException("x")), "CERTIFICATE_DATES"),
        Arguments.of(handshake(new CertificateException("PKIX", early)), "CERTIFICATE_DATES"),
        Arguments.of(
            handshake(
                new CertificateException("No subject alternative DNS name matching x found.")),
            "CERTIFICATE_NAME"),
        Arguments.of(
            handshake(new CertificateException("No name matching x found")), "CERTIFICATE_NAME"),
        Arguments.of(new SSLHandshakeException("Received fatal alert: protocol_version"), "TLS"),
        Arguments.of(new UnknownHostException("x"), "HOST_NOT_FOUND"),
        Arguments.of(caused(new NoRouteToHostException("No route to host")), "OFFLINE"),
        Arguments.of(new ConnectException("Network is unreachable"), "OFFLINE"),
        Arguments.of(new SocketException("Network is unreachable: connect"), "OFFLINE"),
        Arguments.of(new HttpConnectTimeoutException("HTTP connect timed out"), "TIMED_OUT"),
        Arguments.of(
            new IOException("too many authentication attempts. Limit: 3"), "PROXY_AUTHENTICATION"),
        Arguments.of(
            new IOException("Proxy-Authenticate header missing for response code 407"),
            "PROXY_AUTHENTICATION"),
        Arguments.of(new IOException("Tunnel failed, got: 403"), "PROXY_REFUSAL"),
        Arguments.of(new IOException("Connection reset"), "BROKEN"),
        Arguments.of(new IllegalStateException("closed"), "BROKEN"));
  }

  private static Throwable handshake(CertificateException why) {
    return new SSLHandshakeException("handshake").initCause(why);
  }

  private static Throwable caused(Exception why) {
    return new ConnectException("no").initCause(why);
  }

  @ParameterizedTest
  @MethodSource("thrown")
  void specificCauseCounts(Throwable failure, TransportProblem problem) {
    assertThat(TransportProblem.of(failure)).isEqualTo(problem);
  }

  private static ServiceUnavailable failure(HttpClient client, URI uri) throws Exception {
    return failure(new Exchange(client, Duration.ofMinutes(5), Time.system()), uri);
  }

  /** What a caller sees. */
  private static ServiceUnavailable failure(Exchange exchange, URI uri) throws Exception {
    var reply = exchange.post(Kind.POLL, uri, new Form().add("a", "b"), Map.of());
    ExecutionException failure =
        catchThrowableOfType(ExecutionException.class, () -> reply.get(30, TimeUnit.SECONDS));
    TransportFailure broken = (TransportFailure) Objects.requireNonNull(failure.getCause());
    Context context = Context.of(Context.Request.REFRESH);
    return (ServiceUnavailable) OAuthErrorMapper.toException(broken, context);
  }
}
