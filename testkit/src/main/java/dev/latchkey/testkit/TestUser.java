package dev.latchkey.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.UUID;

/**
 * A person whom the fake server knows. Immutable.
 *
 * <pre>{@code
 * TestUser.of("adele@contoso.example").named("Adele Vance")
 * }</pre>
 *
 * <p>Unless said otherwise, the tenant is the one of the username's domain. Tenant id and object id
 * are derived from the names: the same in every run.
 */
public final class TestUser {

  /** The tenant id of Microsoft's personal accounts, the only one that {@code /consumers} takes. */
  public static final String PERSONAL_TENANT = "9188040d-6c67-4c5b-b112-36a304b66dad";

  private final String username;
  private final String name;
  private final String tenant;

  private TestUser(String username, String name, String tenant) {
    this.username = username;
    this.name = name;
    this.tenant = tenant;
  }

  /**
   * A user of a work or school account, in the tenant of the username's domain.
   *
   * @param username as people type it, for example {@code adele@contoso.example}
   * @return the user, named after the part before the @
   * @throws IllegalArgumentException if there is no domain
   */
  public static TestUser of(String username) {
    int at = username.indexOf('@');
    if (at < 1 || at == username.length() - 1) {
      throw new IllegalArgumentException("A username looks like name@domain, not " + username);
    }
    String name = username.substring(0, 1).toUpperCase(Locale.ROOT) + username.substring(1, at);
    return new TestUser(username, name, username.substring(at + 1).toLowerCase(Locale.ROOT));
  }

  /**
   * A user of a personal Microsoft account.
   *
   * @param username as people type it
   * @return the user
   * @throws IllegalArgumentException if there is no domain
   */
  public static TestUser personal(String username) {
    return of(username).inTenant(PERSONAL_TENANT);
  }

  /**
   * The same user with this display name; it comes as {@code name} in the ID token.
   *
   * @param displayName what people are shown
   * @return the new user
   */
  public TestUser named(String displayName) {
    return new TestUser(username, displayName, tenant);
  }

  /**
   * The same user in this tenant.
   *
   * @param domainOrId a domain such as {@code contoso.example}, or a tenant id
   * @return the new user
   */
  public TestUser inTenant(String domainOrId) {
    return new TestUser(username, name, domainOrId.toLowerCase(Locale.ROOT));
  }

  /** {@return the username: {@code preferred_username} in the ID token} */
  public String username() {
    return username;
  }

  /** {@return the display name} */
  public String name() {
    return name;
  }

  /** {@return the tenant's domain, or its id if it was given by id} */
  public String tenant() {
    return tenant;
  }

  /** {@return the tenant id: {@code tid} in the ID token} */
  public String tenantId() {
    return tenantId(tenant);
  }

  /** {@return the object id: {@code oid} in the ID token, another one in each tenant} */
  public String objectId() {
    String seed = "user:" + username.toLowerCase(Locale.ROOT) + " in " + tenantId();
    return UUID.nameUUIDFromBytes(seed.getBytes(UTF_8)).toString();
  }

  @Override
  public String toString() {
    return username + " in " + tenantLabel();
  }

  boolean isPersonal() {
    return tenantId().equals(PERSONAL_TENANT);
  }

  /** The tenant as people are shown it. */
  String tenantLabel() {
    return isPersonal() ? "Personal accounts" : tenant;
  }

  static String tenantId(String domainOrId) {
    return domainOrId.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
        ? domainOrId
        : UUID.nameUUIDFromBytes(("tenant:" + domainOrId).getBytes(UTF_8)).toString();
  }
}
