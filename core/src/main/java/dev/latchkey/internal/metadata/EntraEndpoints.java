package dev.latchkey.internal.metadata;

import dev.latchkey.internal.http.SecureUri;
import dev.latchkey.internal.oauth.Exchange;
import dev.latchkey.internal.oauth.TenantTemplate;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of Entra ID, which follow from its host and tenant.
 *
 * @param host the cloud's sign-in host; may have a path, never a slash at its end
 * @param tenant an id, a domain, or one of the aliases for all tenants
 */
public record EntraEndpoints(URI host, String tenant) implements ServerEndpoints {

  /** The clouds whose metadata name the host that was asked. */
  private static final Set<String> HOSTS =
      Set.of(
          "login.microsoftonline.com",
          "login.microsoftonline.us",
          "login.partner.microsoftonline.cn");

  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]*");

  /**
   * Whether Entra's metadata calls itself so when it is asked at an endpoint for many tenants.
   * Loopback counts as Entra, for fakes and proxies.
   *
   * @param returned the issuer in the metadata
   * @param asked the issuer that was asked
   */
  static boolean isTemplateOf(String returned, URI asked) {
    boolean entra = SecureUri.isLoopback(asked) || HOSTS.contains(asked.getHost());
    if (!entra || !TenantTemplate.isTemplate(returned)) {
      return false;
    }
    int start = returned.indexOf(TenantTemplate.TENANT);
    String after = returned.substring(start + TenantTemplate.TENANT.length());
    String name = asked.toString();
    int end = name.length() - after.length();
    return end > start
        && name.startsWith(returned.substring(0, start))
        && name.endsWith(after)
        && SEGMENT.matcher(name.substring(start, end)).matches();
  }

  /** Does not depend on the tenant: a record is found again whichever alias the client uses. */
  @Override
  public String id() {
    return host + "/" + TenantTemplate.TENANT + "/v2.0";
  }

  @Override
  public CompletableFuture<Metadata> metadata(Exchange exchange) {
    String segment = TenantTemplate.isTenantId(tenant) ? tenant : TenantTemplate.TENANT;
    String issuer = host + "/" + segment + "/v2.0";
    String base = host + "/" + tenant + "/oauth2/v2.0";
    return CompletableFuture.completedFuture(
        new Metadata(
            issuer,
            URI.create(base + "/devicecode"),
            URI.create(base + "/authorize"),
            URI.create(base + "/token"),
            null,
            false));
  }

  /** Entra takes the language of its message from the query parameter {@code mkt}. */
  @Override
  public URI deviceAuthorizationEndpoint(URI endpoint, @Nullable Locale locale) {
    return locale == null
        ? endpoint
        : URI.create(
            endpoint + "?mkt=" + URLEncoder.encode(locale.toLanguageTag(), StandardCharsets.UTF_8));
  }

  /** Entra refuses a request for the scopes of two APIs, and remembers what was granted before. */
  @Override
  public Set<String> together(Set<String> wanted, Set<String> all) {
    return EntraScopes.ofSameApi(wanted, all);
  }

  @Override
  public String languageParameter() {
    return "mkt";
  }

  /** Entra remembers the consent, and would ask those again who may not give it themselves. */
  @Override
  public @Nullable String promptForOfflineAccess() {
    return null;
  }

  /** Entra ignores the port of {@code http://localhost}, and compares any other exactly. */
  @Override
  public String loopbackHost() {
    return "localhost";
  }
}
