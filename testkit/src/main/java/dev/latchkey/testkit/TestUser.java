package dev.latchkey.testkit;

import dev.latchkey.testkit.internal.grant.Tenant;
import dev.latchkey.testkit.internal.http.StableId;
import java.util.Locale;

/**
 * A user of the fake server. Immutable.
 *
 * <pre>{@code
 * TestUser adele = TestUser.of("adele@contoso.example").named("Adele Vance");
 * }</pre>
 *
 * <p>Tenant id and object id are derived from the tenant and the username, so they are the same in
 * every run.
 */
public final class TestUser {

  /**
   * The tenant id of Microsoft's personal accounts, the only tenant that {@code /consumers} admits.
   */
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
   * A user with a work or school account, in the tenant of the username's domain.
   *
   * @param username for example {@code adele@contoso.example}
   * @return the user, whose display name is the part before the @
   * @throws IllegalArgumentException if the username has no domain
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
   * A user with a personal Microsoft account.
   *
   * @param username for example {@code dana@outlook.example}
   * @return the user
   * @throws IllegalArgumentException if the username has no domain
   */
  public static TestUser personal(String username) {
    return of(username).inTenant(PERSONAL_TENANT);
  }

  /**
   * The same user with this display name, the {@code name} in the ID token.
   *
   * @param displayName the name
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

  /** {@return the tenant's domain, or its id if {@link #inTenant} got an id} */
  public String tenant() {
    return tenant;
  }

  /** {@return the tenant id: {@code tid} in the ID token} */
  public String tenantId() {
    return Tenant.idOf(tenant);
  }

  /** {@return the object id: {@code oid} in the ID token, a different one in each tenant} */
  public String objectId() {
    return StableId.of("user:" + username.toLowerCase(Locale.ROOT) + " in " + tenantId());
  }

  /** {@return whether it is a personal Microsoft account} */
  public boolean isPersonal() {
    return tenantId().equals(PERSONAL_TENANT);
  }

  @Override
  public String toString() {
    return username + " in " + (isPersonal() ? "the tenant of personal accounts" : tenant);
  }
}
