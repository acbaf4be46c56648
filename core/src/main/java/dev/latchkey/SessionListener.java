package dev.latchkey;

import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.TokenStoreFailure;

/**
 * Receives the events of sessions. Every method does nothing by default. The methods are called on
 * daemon threads of the library, one after another for each account. They may block and may call
 * the client. An exception of a listener is logged and otherwise ignored.
 *
 * <pre>{@code
 * SessionListener listener = new SessionListener() {
 *   @Override
 *   public void signInRequired(Account account, SignInRequired why) {
 *     System.out.println(account.username() + " has to sign in again: " + why.reason());
 *   }
 * };
 * }</pre>
 */
public interface SessionListener {

  /**
   * A person signed in to another tenant than that of the application's last account.
   *
   * @param account the new account
   * @param previousTenantId the tenant of the previous account
   */
  default void tenantSwitched(Account account, String previousTenantId) {}

  /**
   * A token was refreshed. The session is stored already, unless {@link #storeFailed} was called.
   *
   * @param account the account
   * @param token the new access token
   */
  default void refreshed(Account account, AccessToken token) {}

  /**
   * A refresh was answered for somebody else: the ID token names another tenant, issuer, person or
   * client. Nothing of the answer is kept, and the session goes on with what it had. A cache or
   * proxy that mixes up responses is a common cause. Report it; a valid access token is still
   * returned until it expires.
   *
   * @param account the account whose refresh it was
   * @param why the exception that {@code tokens.get()} throws when it needed the refresh; it says
   *     what differs
   * @see <a
   *     href="https://openid.net/specs/openid-connect-core-1_0.html#RefreshTokenResponse">OpenID
   *     Connect Core §12.2</a>
   */
  default void identityMismatch(Account account, InvalidResponse why) {}

  /**
   * The session ended. A valid access token is still returned until it expires. Not called when a
   * server requires the person for one token only, see {@link AccountStatus}: the session goes on,
   * and only the call for that token throws.
   *
   * @param account the account
   * @param why the exception that {@code tokens.get()} throws once the access token has expired
   */
  default void signInRequired(Account account, SignInRequired why) {}

  /**
   * A change of the session could not be stored. The session continues in memory and the write is
   * retried. If the process ends first, the person may have to sign in again; {@link
   * PublicClient#awaitStored} tells a program that is about to end. Logged at WARN, too.
   *
   * @param account the account
   * @param failure why the store failed
   */
  default void storeFailed(Account account, TokenStoreFailure failure) {}

  /**
   * The failure that {@link #storeFailed} reported is resolved: the session is stored now, or
   * another process signed in or out meanwhile.
   *
   * @param account the account
   */
  default void storeRecovered(Account account) {}
}
