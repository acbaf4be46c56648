package dev.latchkey.internal.oauth;

import dev.latchkey.internal.http.SecureUri;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The issuer of an Entra endpoint for many tenants, such as {@code
 * https://login.microsoftonline.com/{tenantid}/v2.0}: the placeholder is one whole segment of the
 * path, and stands for the id of the user's tenant, a GUID. A placeholder anywhere else would let
 * the {@code tid} of a token choose the host.
 */
public final class TenantTemplate {

  /** Stands for the user's tenant. */
  public static final String TENANT = "{tenantid}";

  private static final String SEGMENT = "/" + TENANT;

  private static final Pattern GUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private TenantTemplate() {}

  /** Whether an issuer has the placeholder once, as a whole segment of its path. */
  public static boolean isTemplate(String issuer) {
    int slash = issuer.indexOf(SEGMENT);
    if (slash < 0 || issuer.indexOf('{') != slash + 1 || issuer.lastIndexOf('{') != slash + 1) {
      return false;
    }
    URI before = SecureUri.read(issuer.substring(0, slash));
    String after = issuer.substring(slash + SEGMENT.length());
    return before != null
        && before.getRawQuery() == null
        && before.getRawFragment() == null
        && (after.isEmpty() || after.startsWith("/"));
  }

  /** Whether it is the id of a tenant; the names of the endpoints for many tenants are not. */
  public static boolean isTenantId(@Nullable String text) {
    return text != null && GUID.matcher(text).matches();
  }

  /**
   * Whether a server may call itself so before anybody has signed in.
   *
   * @param expected an issuer, or a template, which fits the issuer of each tenant
   */
  public static boolean fits(String expected, String issuer) {
    if (!isTemplate(expected)) {
      return issuer.equals(expected);
    }
    int start = expected.indexOf(TENANT);
    int end = issuer.length() - (expected.length() - start - TENANT.length());
    return end > start
        && issuer.length() < expected.length() + 100
        && isTenantId(issuer.substring(start, end))
        && issuer.equals(expected.replace(TENANT, issuer.substring(start, end)));
  }

  /**
   * The issuer that a token has to name.
   *
   * @param issuer an issuer, or a template
   * @param tenantId the token's own {@code tid}
   * @return the issuer without the placeholder; null if it has one, and {@code tenantId} is no GUID
   */
  static @Nullable String issuer(String issuer, @Nullable String tenantId) {
    if (!isTemplate(issuer)) {
      return issuer;
    }
    return tenantId != null && isTenantId(tenantId) ? issuer.replace(TENANT, tenantId) : null;
  }
}
