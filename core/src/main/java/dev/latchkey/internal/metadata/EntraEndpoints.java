package dev.latchkey.internal.metadata;

import dev.latchkey.internal.http.SecureUri;
import dev.latchkey.internal.oauth.Exchange;
import dev.latchkey.internal.oauth.TenantTemplate;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

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
    boolean entra = SecureUri.isLoopback(asked) || isAt(asked);
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

  /** Whether an issuer or endpoint is at one of Entra's own hosts. */
  static boolean isAt(URI address) {
    String name = address.getHost();
    return name != null && HOSTS.contains(name.toLowerCase(Locale.ROOT));
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
            null,
            false,
            false));
  }

  @Override
  public boolean isEntra() {
    return true;
  }
}
