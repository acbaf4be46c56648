package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * Only an administrator of the tenant can help: a Conditional Access policy stands in the way,
 * users cannot give the consent themselves, the app is disabled or not assigned, or the tenant or
 * the identity provider that it is federated with is misconfigured. Thrown by a sign-in and by
 * {@code TokenSource.get}. Next: show the remedy and the correlation id; a retry does not help.
 * Where {@link #browserMayHelp()}, offer {@code client.beginBrowserSignIn} first, with the {@code
 * SignInRequired} or the options that the refused sign-in began with.
 *
 * @see LatchkeyException
 */
public final class AdminActionRequired extends LatchkeyException {

  private static final long serialVersionUID = 1L;

  private final boolean browserMayHelp;

  /**
   * Creates the exception of a policy that no browser gets round. Applications do so only in their
   * own tests.
   *
   * @param message what happened, without any secret
   * @param oauthError the server's error; null if it did not come from a server
   * @param remedy what would help, in one sentence; null if unknown
   * @param cause the cause, or null
   */
  public AdminActionRequired(
      String message,
      @Nullable OAuthError oauthError,
      @Nullable String remedy,
      @Nullable Throwable cause) {
    this(message, oauthError, remedy, cause, false);
  }

  /**
   * Creates the exception. Applications do so only in their own tests.
   *
   * @param message what happened, without any secret
   * @param oauthError the server's error; null if it did not come from a server
   * @param remedy what would help, in one sentence; null if unknown
   * @param cause the cause, or null
   * @param browserMayHelp whether a sign-in in the browser may pass
   */
  public AdminActionRequired(
      String message,
      @Nullable OAuthError oauthError,
      @Nullable String remedy,
      @Nullable Throwable cause,
      boolean browserMayHelp) {
    super(message, oauthError, remedy, cause);
    this.browserMayHelp = browserMayHelp;
  }

  /**
   * Whether the policy may let the person sign in with the browser on this computer, though not
   * with a device code: one that blocks the device code flow (AADSTS53003), or one that wants a
   * proof of the device or its platform, which only a browser on it can give. Next: {@code
   * client.beginBrowserSignIn(why)} with the {@code SignInRequired} that the refused sign-in began
   * with, or {@code beginBrowserSignIn(options)} with its options: without them, claims, account
   * and scopes would be lost. Always false after a sign-in in the browser.
   *
   * @return true if it is worth a try
   */
  public boolean browserMayHelp() {
    return browserMayHelp;
  }
}
