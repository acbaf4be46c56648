package dev.latchkey.examples.cli.command;

import dev.latchkey.AuthorizationServer;
import dev.latchkey.Entra;
import dev.latchkey.LoopbackRedirect;
import dev.latchkey.PublicClient;
import dev.latchkey.PublicClientBuilder;
import dev.latchkey.TokenSource;
import dev.latchkey.examples.cli.terminal.Shell;
import dev.latchkey.graph.GraphClient;
import dev.latchkey.graph.GraphClientBuilder;
import dev.latchkey.store.TokenStore;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The server, the client, the scopes, the account and the store of its tokens. */
public final class ClientOptions {

  private static final LoopbackRedirect REDIRECT =
      LoopbackRedirect.DEFAULT.withPage(
          "latchkey",
          "You may close this window and return to the terminal.",
          "The sign-in was not completed. Return to the terminal.");

  /** Graph's names in the clouds, and its application id. */
  private static final Pattern GRAPH =
      Pattern.compile(
          "(?i)(https://(graph\\.microsoft\\.com|(dod-)?graph\\.microsoft\\.us"
              + "|microsoftgraph\\.chinacloudapi\\.cn)|00000003-0000-0000-c000-000000000000)/*");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--entra",
      paramLabel = "TENANT",
      description =
          "Sign in to Entra ID: common, organizations, consumers, or a tenant's id or domain.")
  private @Nullable String entra;

  @Option(
      names = "--cloud",
      paramLabel = "CLOUD",
      converter = CloudConverter.class,
      completionCandidates = CloudConverter.Names.class,
      description = "With --entra: global, us-gov or china.")
  private Entra.@Nullable Cloud cloud;

  @Option(
      names = "--authority-host",
      paramLabel = "URL",
      converter = UrlConverter.class,
      description = "With --entra: another base URL with the same paths.")
  private @Nullable URI authorityHost;

  @Option(
      names = "--issuer",
      paramLabel = "URL",
      converter = UrlConverter.class,
      description = "Sign in to any other server; its metadata is discovered.")
  private @Nullable URI issuer;

  @Option(
      names = "--client-id",
      paramLabel = "ID",
      description = "The id under which the application is registered at the server.")
  private @Nullable String clientId;

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      description = "A scope to request; give several, separated by spaces, or repeat the option.")
  private List<String> scopes = new ArrayList<>();

  @Option(
      names = "--exact-scope",
      fallbackValue = "true",
      description =
          "Request the scopes of --scope and no others: openid, profile and offline_access are not"
              + " added.")
  private boolean exactScope;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description =
          "The profile in ~/.config/latchkey/config whose options apply where none are given;"
              + " 'default' if there is one.")
  private @Nullable String profile;

  @Option(
      names = "--store",
      paramLabel = "STORE",
      completionCandidates = StoreChoice.Kinds.class,
      defaultValue = "keyring",
      description =
          "Where to keep tokens: keyring (the default), memory, or file:PATH, encrypted with the"
              + " key in LATCHKEY_FILE_KEY, 32 bytes in base64.")
  private String store = "keyring";

  @Option(
      names = "--app",
      paramLabel = "NAME",
      defaultValue = "dev.latchkey.cli",
      description = "The application's name in a store that several applications share.")
  private String app = "dev.latchkey.cli";

  @Option(
      names = "--account",
      paramLabel = "ID|USERNAME",
      description =
          "The account to use; optional if only one is signed in, or after 'accounts use'.")
  private @Nullable String account;

  @Option(
      names = "--graph-url",
      paramLabel = "URL",
      converter = UrlConverter.class,
      description = "Graph's URL with its version; by default v1.0 of the cloud.")
  private @Nullable URI graphUrl;

  /** Opens the store that the options name; wrong options are wrong usage. */
  public TokenStore openStore(Shell shell) {
    try {
      return StoreChoice.parse(store).open(app, shell.variables());
    } catch (IllegalArgumentException e) {
      throw wrongUsage(e);
    }
  }

  /** The client without its store: wrong usage is reported before a store is opened. */
  public PublicClientBuilder client(Shell shell) {
    if (clientId == null) {
      throw wrongUsage("--client-id is missing");
    }
    try {
      PublicClientBuilder client =
          PublicClient.builder()
              .authorizationServer(server())
              .userAgent("latchkey-cli")
              .loopbackRedirect(REDIRECT)
              .proxyFromEnvironment(shell.variables());
      if (isEntra()) {
        // Entra ID and Graph send claims challenges only to clients that say they handle them.
        client.clientCapabilities("cp1");
      }
      if (exactScope) {
        client.exactScopes();
      }
      return client.clientId(clientId).scopes(scopes.toArray(String[]::new));
    } catch (IllegalArgumentException e) {
      throw wrongUsage(e);
    }
  }

  /** Graph with the tokens of one account. */
  public GraphClient graph(TokenSource tokens, Shell shell) {
    GraphClientBuilder graph =
        GraphClient.builder(tokens)
            .userAgent("latchkey-cli")
            .proxyFromEnvironment(shell.variables());
    if (cloud != null && isEntra()) {
      graph.cloud(cloud);
    }
    if (graphUrl != null) {
      URI url = graphUrl;
      naming("--graph-url", () -> graph.baseUrl(url));
    }
    return graph.build();
  }

  /** The option that names the account, or the variable that stands for it. */
  public String accountOption() {
    OptionDefaults defaults = OptionDefaults.of(command);
    OptionSpec option = command.findOption("--account");
    return !where().isTyped("--account") && defaults.isInEnvironment(option)
        ? OptionDefaults.variable(option)
        : "--account";
  }

  /** Whether a scope is Graph's: at Entra, each scope says which API it is for. */
  public boolean isForGraph(String scope) {
    String api = scope.substring(0, Math.max(0, scope.lastIndexOf('/')));
    return !isEntra() || api.isEmpty() || GRAPH.matcher(api).matches();
  }

  /** Whether the environment or the profile names a store. */
  public boolean namesStore() {
    return OptionDefaults.of(command).value("store") != null;
  }

  public boolean namesScopes() {
    return !scopes.isEmpty();
  }

  /** Whether any option says where to sign in, and as which app. */
  public boolean namesServerOrClient() {
    return entra != null || issuer != null || clientId != null;
  }

  public String clientId() {
    return String.valueOf(clientId);
  }

  /** What tells this client from others that may have accounts of their own. */
  List<String> identity(Map<String, String> variables) {
    return List.of(
        "store " + StoreChoice.parse(store).absolute(variables),
        "app " + app,
        "server " + serverName(),
        "client " + clientId());
  }

  /** The name of the profile whose options apply; null if none does. */
  public @Nullable String profile() {
    return profile == null ? OptionDefaults.of(command).profileName() : profile;
  }

  public @Nullable String account() {
    return account;
  }

  AuthorizationServer server() {
    if (entra != null && isEntra()) {
      return entra(entra);
    }
    if (where().isTyped("--cloud") || where().isTyped("--authority-host")) {
      throw wrongUsage("--cloud and --authority-host require --entra");
    }
    if (issuer == null) {
      throw wrongUsage("Missing option: --entra TENANT or --issuer URL");
    }
    URI url = issuer;
    return naming("--issuer", () -> AuthorizationServer.discover(url));
  }

  /** The server's name for a person. */
  public String serverName() {
    if (!isEntra()) {
      return String.valueOf(issuer);
    }
    String where = authorityHost != null ? " at " + authorityHost : "";
    return "Entra ID, tenant "
        + entra
        + (cloud == null ? "" : ", cloud " + CloudConverter.of(cloud))
        + where;
  }

  private Entra entra(String tenant) {
    if (tenant.isBlank()) {
      throw wrongUsage(
          "--entra must be common, organizations, consumers, or a tenant's id or domain");
    }
    Entra server = naming("--entra", () -> Entra.tenant(tenant));
    Entra inCloud = cloud == null ? server : server.cloud(cloud);
    URI host = authorityHost;
    return host == null ? inCloud : naming("--authority-host", () -> inCloud.authorityHost(host));
  }

  /** Names the option: the library's messages name its own parameters. */
  private <T> T naming(String option, Supplier<T> use) {
    try {
      return use.get();
    } catch (IllegalArgumentException e) {
      throw wrongUsage(option + ": " + e.getMessage());
    }
  }

  private boolean isEntra() {
    return "--entra".equals(where().chosen(entra != null, issuer != null));
  }

  private ExclusiveOptions where() {
    return new ExclusiveOptions(command, "--entra", "--issuer");
  }

  private ParameterException wrongUsage(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  private ParameterException wrongUsage(IllegalArgumentException cause) {
    return wrongUsage(String.valueOf(cause.getMessage()));
  }
}
