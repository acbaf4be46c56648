package dev.latchkey.testkit.internal.grant;

import dev.latchkey.testkit.TestUser;
import dev.latchkey.testkit.internal.http.StableId;

/**
 * The tenant that a path names, and the users that it admits.
 *
 * @param segment the path segment as sent
 * @param id the tenant id of a single tenant; for the others, what their metadata has in its place
 */
public record Tenant(String segment, Kind kind, String id) {

  enum Kind {
    COMMON,
    ORGANIZATIONS,
    CONSUMERS,
    SINGLE
  }

  /**
   * Entra ID's metadata of {@code common} and {@code organizations} has this literal text in place
   * of a tenant id.
   */
  private static final String TEMPLATE = "{tenantid}";

  static Tenant common() {
    return new Tenant("common", Kind.COMMON, TEMPLATE);
  }

  static Tenant organizations() {
    return new Tenant("organizations", Kind.ORGANIZATIONS, TEMPLATE);
  }

  static Tenant consumers() {
    return new Tenant("consumers", Kind.CONSUMERS, TestUser.PERSONAL_TENANT);
  }

  static Tenant single(String domainOrId) {
    return new Tenant(domainOrId, Kind.SINGLE, idOf(domainOrId));
  }

  /** The id of a tenant that is named by its domain or by its id. */
  public static String idOf(String domainOrId) {
    return domainOrId.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
        ? domainOrId
        : StableId.of("tenant:" + domainOrId);
  }

  public boolean admits(TestUser user) {
    return switch (kind) {
      case COMMON -> true;
      case ORGANIZATIONS -> !user.isPersonal();
      case CONSUMERS -> user.isPersonal();
      case SINGLE -> user.tenantId().equals(id);
    };
  }

  /** The segment in the URLs of the metadata: Entra ID replaces a domain by the tenant id. */
  public String canonicalSegment() {
    return kind == Kind.SINGLE ? id : segment;
  }
}
