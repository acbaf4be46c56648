package dev.latchkey.interop.glewlwyd;

import com.google.gson.Gson;
import dev.latchkey.interop.fixture.Requirement;
import dev.latchkey.interop.fixture.TiedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A real glewlwyd of Debian's package on loopback, with its database in a folder of the test. Its
 * refresh tokens are good for one use. It starts in a second, so that each test has its own; {@link
 * #close()} ends it.
 */
final class GlewlwydServer implements AutoCloseable {
  /** A public client with the device authorization grant. */
  static final String CLIENT = "latchkey";

  private static final Path TABLES =
      Path.of("/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3");
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Pattern STARTED_OR_NOT =
      Pattern.compile("Glewlwyd (started on port|ERROR: Error starting)");
  private static final int MAX_PORTS = 20;

  /** Those of the database that the package brings. */
  private static final String ADMINISTRATOR = "admin";

  private static final String ADMINISTRATORS_PASSWORD = "password";

  private final TiedProcess process;
  private final URI root;

  private GlewlwydServer(TiedProcess process, URI root) {
    this.process = process;
    this.root = root;
  }

  /** Starts one, with its data in an empty folder. */
  static GlewlwydServer start(Path folder, Duration codeLifetime) {
    GlewlwydServer server = start(folder);
    try {
      server.configure(codeLifetime);
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** It cannot choose a port by itself, and says so if somebody else has taken this one. */
  private static GlewlwydServer start(Path folder) {
    Path program = Requirement.program("glewlwyd");
    createDatabase(folder);
    for (int i = 0; i < MAX_PORTS; i++) {
      int port = freePort();
      TiedProcess process =
          TiedProcess.start(
              "glewlwyd",
              folder,
              Map.of(),
              List.of(program.toString(), "--config-file", configuration(folder, port).toString()));
      try {
        if (process.awaitOutput(STARTED_OR_NOT, PATIENCE).group(1).startsWith("started")) {
          return new GlewlwydServer(process, URI.create("http://127.0.0.1:" + port));
        }
      } catch (RuntimeException e) {
        process.close();
        throw e;
      }
      process.close();
    }
    throw new IllegalStateException("glewlwyd found each of " + MAX_PORTS + " ports taken");
  }

  URI issuer() {
    return root.resolve("/api/oidc");
  }

  /** A person with an account, who consents to some scopes. */
  GlewlwydUser person(String... scopes) {
    return new GlewlwydUser(root, "alice", "known to this suite only", String.join(" ", scopes));
  }

  @Override
  public void close() {
    process.close();
  }

  private void configure(Duration codeLifetime) {
    GlewlwydApi administrator = GlewlwydApi.signIn(root, ADMINISTRATOR, ADMINISTRATORS_PASSWORD);
    administrator.post(
        "mod/plugin/",
        Map.of(
            "module", "oidc",
            "name", "oidc",
            "display_name", "OpenID Connect",
            "enabled", true,
            "parameters", parameters(codeLifetime)));
    administrator.post(
        "scope/",
        Map.of("name", "offline_access", "display_name", "Offline", "password_required", false));
    administrator.post(
        "scope/", Map.of("name", "profile", "display_name", "Profile", "password_required", false));
    administrator.post(
        "client/",
        Map.of(
            "client_id",
            CLIENT,
            "client_name",
            "Latchkey",
            "confidential",
            false,
            "enabled",
            true,
            "authorization_type",
            List.of("device_authorization", "refresh_token"),
            "token_endpoint_auth_method",
            List.of("none")));
    administrator.post(
        "user/",
        Map.of(
            "username",
            "alice",
            "password",
            "known to this suite only",
            "enabled",
            true,
            "scope",
            List.of("openid", "profile", "offline_access")));
  }

  private Map<String, Object> parameters(Duration codeLifetime) {
    return Map.ofEntries(
        Map.entry("iss", issuer().toString()),
        Map.entry("jwt-type", "sha"),
        Map.entry("jwt-key-size", "256"),
        Map.entry("key", "of no other server"),
        Map.entry("code-duration", 600),
        Map.entry("access-token-duration", 300),
        Map.entry("refresh-token-duration", 3600),
        Map.entry("refresh-token-one-use", "always"),
        Map.entry("allow-non-oidc", true),
        Map.entry("auth-type-refresh-enabled", true),
        Map.entry("auth-type-device-enabled", true),
        Map.entry("device-authorization-expiration", codeLifetime.toSeconds()),
        Map.entry("device-authorization-interval", 1),
        Map.entry("introspection-revocation-allowed", true));
  }

  private static void createDatabase(Path folder) {
    if (!Files.isReadable(TABLES)) {
      throw Requirement.missing(TABLES + " of glewlwyd's package is missing");
    }
    try (TiedProcess sqlite =
        TiedProcess.start(
            "sqlite3",
            folder,
            Map.of(),
            List.of(Requirement.program("sqlite3").toString(), "db", ".read " + TABLES))) {
      sqlite.awaitSuccess(PATIENCE);
    }
  }

  private static Path configuration(Path folder, int port) {
    try {
      return Files.writeString(
          folder.resolve("glewlwyd.conf"),
          """
          port=%1$d
          bind_address="127.0.0.1"
          external_url="http://127.0.0.1:%1$d"
          login_url="login.html"
          api_prefix="api"
          log_mode="console"
          log_level="INFO"
          cookie_secure=0
          hash_algorithm="SHA512"
          admin_scope="g_admin"
          profile_scope="g_profile"
          user_module_path="/usr/lib/glewlwyd/user"
          client_module_path="/usr/lib/glewlwyd/client"
          user_auth_scheme_module_path="/usr/lib/glewlwyd/scheme"
          plugin_module_path="/usr/lib/glewlwyd/plugin"
          database = { type = "sqlite3"; path = %2$s; };
          """
              .formatted(port, new Gson().toJson(folder.resolve("db").toString())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
