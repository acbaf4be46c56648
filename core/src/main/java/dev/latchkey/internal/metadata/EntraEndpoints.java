package dev.latchkey.internal.metadata;

import dev.latchkey.internal.oauth.Exchange;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
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

  private static final Pattern GUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /** Does not depend on the tenant: a record is found again whichever alias the client uses. */
  @Override
  public String id() {
    return host + "/{tenantid}/v2.0";
  }

  @Override
  public CompletableFuture<Metadata> metadata(Exchange exchange) {
    String issuer = host + "/" + (GUID.matcher(tenant).matches() ? tenant : "{tenantid}") + "/v2.0";
    String base = host + "/" + tenant + "/oauth2/v2.0";
    return CompletableFuture.completedFuture(
        new Metadata(issuer, URI.create(base + "/devicecode"), URI.create(base + "/token"), null));
  }

  /** Entra takes the language of its message from the query parameter {@code mkt}. */
  @Override
  public URI deviceAuthorizationEndpoint(Metadata metadata, @Nullable Locale locale) {
    URI endpoint = metadata.deviceAuthorizationEndpoint();
    return locale == null
        ? endpoint
        : URI.create(
            endpoint + "?mkt=" + URLEncoder.encode(locale.toLanguageTag(), StandardCharsets.UTF_8));
  }
}
