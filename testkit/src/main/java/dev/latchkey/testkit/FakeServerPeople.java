package dev.latchkey.testkit;

import dev.latchkey.testkit.internal.grant.Grants;
import dev.latchkey.testkit.internal.oauth.Services;

/**
 * What happens to the users of a {@link FakeAuthorizationServer}: what an administrator does, a
 * policy requires, or the users themselves do elsewhere. Thread-safe. No method blocks.
 */
public final class FakeServerPeople {

  private final Services services;

  FakeServerPeople(Services services) {
    this.services = services;
  }

  /**
   * Ends all sessions of a user: refreshes fail with AADSTS50173, and access tokens are invalid.
   * The user can sign in again.
   *
   * @param username the user
   * @throws IllegalArgumentException if there is no such user
   */
  public void revokeSessions(String username) {
    end(username, Grants.REVOKED);
  }

  /**
   * Changes the password of a user: refreshes fail with AADSTS50133, and access tokens are invalid.
   * The user can sign in again.
   *
   * @param username the user
   * @throws IllegalArgumentException if there is no such user
   */
  public void changePassword(String username) {
    end(username, Grants.PASSWORD_CHANGED);
  }

  private void end(String username, OAuthFailure reason) {
    services.grants.end(services.directory.user(username).username(), reason);
  }

  /**
   * Withdraws a user's consent to all apps: refreshes fail with AADSTS65001 and the suberror {@code
   * consent_required} until the user approves again.
   *
   * @param username the user
   * @throws IllegalArgumentException if there is no such user
   */
  public void withdrawConsent(String username) {
    services.consents.withdraw(services.directory.user(username).username());
  }

  /**
   * Disables a user: refreshes and sign-ins fail with AADSTS50057, and the web page refuses, too.
   *
   * @param username the user
   * @throws IllegalArgumentException if there is no such user
   */
  public void disable(String username) {
    services.directory.setEnabled(username, false);
  }

  /**
   * Enables a user again. Earlier sessions go on.
   *
   * @param username the user
   * @throws IllegalArgumentException if there is no such user
   */
  public void enable(String username) {
    services.directory.setEnabled(username, true);
  }

  /**
   * Moves a user to another tenant. ID tokens of later sign-ins have another {@code tid} and {@code
   * oid}; earlier grants stay with the earlier tenant.
   *
   * @param username the user
   * @param tenant a domain or a tenant id
   * @throws IllegalArgumentException if there is no such user
   */
  public void switchTenant(String username, String tenant) {
    services.directory.add(services.directory.user(username).inTenant(tenant));
  }

  /**
   * Requires claims that only a sign-in can satisfy. Until the user has signed in with them,
   * refreshes fail with {@code interaction_required}, AADSTS50076 and these {@code claims}, and
   * resources challenge access tokens.
   *
   * @param json what the {@code claims} parameter of the sign-in must contain; it may contain more
   * @throws IllegalArgumentException if it is not a JSON object
   */
  public void requireClaims(String json) {
    services.requirements.add(json, true);
  }

  /**
   * Makes resources challenge each access token that was requested without these claims. Unlike
   * with {@link #requireClaims}, a refresh with the claims suffices.
   *
   * @param json what the {@code claims} parameter of the refresh or the sign-in must contain; it
   *     may contain more
   * @throws IllegalArgumentException if it is not a JSON object
   */
  public void challengeClaims(String json) {
    services.requirements.add(json, false);
  }

  /** Lifts all requirements of {@link #requireClaims} and {@link #challengeClaims}. */
  public void requireNoClaims() {
    services.requirements.clear();
  }
}
