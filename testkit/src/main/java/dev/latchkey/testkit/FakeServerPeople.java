package dev.latchkey.testkit;

import java.util.List;

/** What people do to the fake server: those who sign in, and the administrators behind them. */
public abstract sealed class FakeServerPeople extends FakeServerSettings<FakeAuthorizationServer>
    permits FakeAuthorizationServer {

  final Services services;

  FakeServerPeople(Settings settings, Services services) {
    super(settings);
    this.services = services;
  }

  /**
   * Approves a sign-in, as this user would on the web page. The client hears of it with its next
   * poll.
   *
   * @param userCode the code that the app shows
   * @param username who approves; a user not of the tenant makes the sign-in fail with AADSTS50020
   * @throws IllegalArgumentException if there is no such code or no such user
   * @throws IllegalStateException if the code is expired, declined or approved already
   */
  public void approve(String userCode, String username) {
    decide(userCode, Decision.approveAs(services.directory.user(username)));
  }

  /**
   * Declines a sign-in.
   *
   * @param userCode the code that the app shows
   * @throws IllegalArgumentException if there is no such code
   * @throws IllegalStateException if the code is expired, declined or approved already
   */
  public void decline(String userCode) {
    decide(userCode, Decision.DECLINE);
  }

  private void decide(String userCode, Decision decision) {
    if (!services.codes.decide(code(userCode), decision)) {
      throw new IllegalStateException("The code " + userCode + " is not pending any more");
    }
  }

  private DeviceCode code(String userCode) {
    var code = services.codes.find(userCode);
    if (code == null) {
      throw new IllegalArgumentException("No such user code: " + userCode);
    }
    return code;
  }

  /**
   * Lets a code expire before its time.
   *
   * @param userCode the code that the app shows
   * @throws IllegalArgumentException if there is no such code
   */
  public void expire(String userCode) {
    services.codes.expire(code(userCode));
  }

  /**
   * Approves the next sign-in that begins, at once. Calls add up: one each sign-in.
   *
   * @param username who approves
   * @throws IllegalArgumentException if there is no such user
   */
  public void approveNext(String username) {
    services.codes.planNext(Decision.approveAs(services.directory.user(username)));
  }

  /** Declines the next sign-in that begins, at once. */
  public void declineNext() {
    services.codes.planNext(Decision.DECLINE);
  }

  /**
   * Approves every sign-in from now on, at once, unless one is planned for it.
   *
   * @param username who approves
   * @throws IllegalArgumentException if there is no such user
   */
  public void approveEvery(String username) {
    services.codes.planAlways(Decision.approveAs(services.directory.user(username)));
  }

  /** {@return the user codes that nobody has decided on, oldest first} */
  public List<String> pendingUserCodes() {
    return services.codes.pending();
  }

  /**
   * Ends all sessions of a user, as an administrator does: refreshes are answered AADSTS50173 and
   * access tokens are worth nothing. The user can sign in again.
   *
   * @param username whose
   * @throws IllegalArgumentException if there is no such user
   */
  public void revokeSessions(String username) {
    end(username, Grants.REVOKED);
  }

  /**
   * Changes the password of a user: refreshes are answered AADSTS50133 and access tokens are worth
   * nothing. The user can sign in again.
   *
   * @param username whose
   * @throws IllegalArgumentException if there is no such user
   */
  public void changePassword(String username) {
    end(username, Grants.PASSWORD_CHANGED);
  }

  private void end(String username, OAuthFailure reason) {
    services.grants.end(services.directory.user(username).username(), reason, true);
  }

  /**
   * Takes back what a user consented to, for all apps: refreshes are answered AADSTS65001 with the
   * suberror {@code consent_required} until the user approves again.
   *
   * @param username whose
   * @throws IllegalArgumentException if there is no such user
   */
  public void withdrawConsent(String username) {
    services.consents.withdraw(services.directory.user(username).username());
  }

  /**
   * Disables a user: refreshes and sign-ins are answered AADSTS50057, and the web page refuses too.
   *
   * @param username whose
   * @throws IllegalArgumentException if there is no such user
   */
  public void disableUser(String username) {
    services.directory.setEnabled(username, false);
  }

  /**
   * Enables a user again.
   *
   * @param username whose
   * @throws IllegalArgumentException if there is no such user
   */
  public void enableUser(String username) {
    services.directory.setEnabled(username, true);
  }

  /**
   * Moves a user to another tenant: from the next sign-in on, the ID token has another {@code tid}
   * and {@code oid}. What was granted before stays with the tenant before.
   *
   * @param username who
   * @param tenant a domain or a tenant id
   * @throws IllegalArgumentException if there is no such user
   */
  public void switchTenant(String username, String tenant) {
    services.directory.add(services.directory.user(username).inTenant(tenant));
  }

  /**
   * Requires claims of everybody: refreshes are answered {@code interaction_required}, AADSTS50076,
   * with these {@code claims}, and the resource challenges, until the person has signed in with
   * them.
   *
   * @param json what the {@code claims} parameter of the sign-in must contain, among other things
   *     or not
   * @throws IllegalArgumentException if it is no JSON object
   */
  public void requireClaims(String json) {
    services.requirements.add(json, true);
  }

  /**
   * Lets the resource challenge every access token that was not asked for with these claims. Other
   * than with {@link #requireClaims}, a refresh with the claims is enough.
   *
   * @param json what the {@code claims} parameter of the refresh or the sign-in must contain, among
   *     other things or not
   * @throws IllegalArgumentException if it is no JSON object
   */
  public void challengeClaims(String json) {
    services.requirements.add(json, false);
  }

  /** Requires no claims any more. */
  public void requireNoClaims() {
    services.requirements.clear();
  }
}
