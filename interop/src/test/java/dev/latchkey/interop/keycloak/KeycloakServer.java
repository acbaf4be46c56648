package dev.latchkey.interop.keycloak;

import dev.latchkey.interop.fixture.StartedOnce;
import dev.latchkey.interop.fixture.TiedProcess;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * A real Keycloak on loopback, with its database in memory. It takes 15 to 40 s to start, so the
 * tests share {@linkplain #shared() one}. Each creates its own {@linkplain #createRealm realm},
 * which takes less than a second.
 */
public final class KeycloakServer implements AutoCloseable {
  private static final Duration START_PATIENCE = Duration.ofMinutes(3);
  private static final Pattern LISTENING = Pattern.compile("Listening on: (http://[0-9.:]+)");

  private final TiedProcess process;
  private final URI baseUri;
  private final KeycloakAdmin admin;
  private final RealmKeys keys = RealmKeys.generate();
  private final AtomicInteger realms = new AtomicInteger();

  private KeycloakServer(TiedProcess process, URI baseUri, KeycloakAdmin admin) {
    this.process = process;
    this.baseUri = baseUri;
    this.admin = admin;
  }

  /** The suite's only server, started by the first call. It ends with this JVM. */
  public static KeycloakServer shared() {
    return Shared.INSTANCE.get();
  }

  /** Starts another server, which the caller has to close. */
  static KeycloakServer start() {
    KeycloakDistribution distribution = KeycloakDistribution.built();
    String password = UUID.randomUUID().toString();
    Map<String, String> environment = new HashMap<>(KeycloakDistribution.javaEnvironment());
    environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
    environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", password);
    // For a short-lived server: with the first compiler alone it starts in half the time.
    environment.put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
    TiedProcess process =
        distribution.run(
            environment,
            List.of(
                "start",
                "--optimized",
                "--cache=local",
                "--http-enabled=true",
                "--http-host=127.0.0.1",
                "--http-port=0",
                "--hostname-strict=false"));
    try {
      URI baseUri = URI.create(process.awaitOutput(LISTENING, START_PATIENCE).group(1));
      return new KeycloakServer(process, baseUri, new KeycloakAdmin(baseUri, password));
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
  }

  URI baseUri() {
    return baseUri;
  }

  /** All that the server has printed. */
  String log() {
    return process.output();
  }

  /** Creates a realm with its clients and users. Close it, or let it end with the server. */
  public KeycloakRealm createRealm(RealmSettings settings) {
    return KeycloakRealm.create(admin, "realm-" + realms.incrementAndGet(), settings, keys);
  }

  @Override
  public void close() {
    process.close();
  }

  private static final class Shared {
    static final StartedOnce<KeycloakServer> INSTANCE = new StartedOnce<>(KeycloakServer::start);
  }
}
