package dev.latchkey;

import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.TokenStoreFailure;

/**
 * Hears what happens to sessions besides the calls that the application makes. Every method does
 * nothing by default. They are called on a daemon thread of the library, one after another for one
 * account; they may block and call the client, and hand over to the UI thread. What a listener
 * throws is logged and otherwise ignored.
 */
public interface SessionListener {

  /**
   * Somebody signed in to another tenant than the application's last account.
   *
   * @param account the new account
   * @param previousTenantId the tenant of the account before
   */
  default void tenantSwitched(Account account, String previousTenantId) {}

  /**
   * A refreshed token is in use; stored before, unless {@link #storeFailed} told otherwise.
   *
   * @param account whose
   * @param token the new access token
   */
  default void refreshed(Account account, AccessToken token) {}

  /**
   * The session ended. The access token in hand, if any, is still served to its end. Not told of a
   * server that wants the person for one token only, see {@link AccountStatus}: only those who ask
   * for that token hear of it, and the session goes on.
   *
   * @param account whose session
   * @param why what the next {@code tokens.get()} throws once the access token has expired
   */
  default void signInRequired(Account account, SignInRequired why) {}

  /**
   * What is new of a session could not be stored. It goes on from memory and the write is tried
   * again; should the process end before that, the person may have to sign in again.
   *
   * @param account whose
   * @param failure why
   */
  default void storeFailed(Account account, TokenStoreFailure failure) {}

  /**
   * What {@link #storeFailed} told of is no longer at stake: it is stored now, or another process
   * signed in or out meanwhile.
   *
   * @param account whose
   */
  default void storeRecovered(Account account) {}
}
