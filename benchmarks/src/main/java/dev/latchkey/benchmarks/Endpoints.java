package dev.latchkey.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the servers of one run are.
 *
 * @param base the authorization server, above all tenants
 * @param control what the harness and the programs ask of the servers
 * @param tls the same over TLS
 * @param slow the same over http, with an interval of a minute
 * @param drive the id of the drive that is listed and downloaded from
 */
record Endpoints(String base, String tls, String slow, String graph, String control, String drive) {

  static final String CLIENT_ID = "1950a258-227b-4e31-a9cf-717495945fc2";
  static final String TENANT = "contoso.example";
  static final String SCOPE = "User.Read";

  /** Reads the line that {@link Servers} prints. */
  static Endpoints of(String line) {
    List<String> words = List.of(line.split(" ", -1));
    return new Endpoints(
        words.get(1), words.get(2), words.get(3), words.get(4), words.get(5), words.get(6));
  }

  List<String> options() {
    return List.of(
        "-Dbase=" + base, "-Dgraph=" + graph, "-Dcontrol=" + control, "-Ddrive=" + drive);
  }

  static Endpoints ofProperties() {
    return new Endpoints(
        System.getProperty("base", ""),
        "",
        "",
        System.getProperty("graph", ""),
        System.getProperty("control", ""),
        System.getProperty("drive", ""));
  }

  /** The options of a program that signs in over TLS, of which it trusts one certificate. */
  List<String> overTls(Path work) {
    return List.of(
        "-Dbase=" + tls,
        "-Djavax.net.ssl.trustStore=" + work.resolve(Servers.CERTIFICATE),
        "-Djavax.net.ssl.trustStorePassword=" + Servers.PASSWORD);
  }

  static boolean isOverTls() {
    return System.getProperty("base", "").startsWith("https:");
  }

  String authority() {
    return base + "/" + TENANT + "/oauth2/v2.0/";
  }

  /** Asks something of the servers; by the oldest HTTP client, which no side loads for itself. */
  String ask(String what) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(control + "/" + what).toURL().openConnection();
    try (InputStream in = connection.getInputStream()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
