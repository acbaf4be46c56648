package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * The root of all that Latchkey throws on purpose, one subtype for each thing that a caller does
 * next. Unchecked. The message says what happened and never holds a token, a code or a response
 * body; {@link #remedy()} says what would help.
 *
 * <pre>{@code
 * try {
 *   call(tokens.get());
 * } catch (SignInRequired why) {
 *   show(client.beginSignIn(why));
 * } catch (Throttled busy) {
 *   retryIn(busy.retryAfter());
 * }
 * }</pre>
 */
public abstract sealed class LatchkeyException extends RuntimeException
    permits SignInRequired,
        SignInDeclined,
        SignInExpired,
        SignInCancelled,
        AdminActionRequired,
        AppMisconfigured,
        AccountProblem,
        Throttled,
        ServiceUnavailable,
        InvalidResponse,
        TokenStoreFailure {

  private static final long serialVersionUID = 1L;

  private final String message;
  private final transient @Nullable OAuthError oauthError;
  private final @Nullable String remedy;

  LatchkeyException(
      String message,
      @Nullable OAuthError oauthError,
      @Nullable String remedy,
      @Nullable Throwable cause) {
    super(message, cause);
    this.message = message;
    this.oauthError = oauthError;
    this.remedy = remedy;
  }

  /** What happened, in one or two sentences for people; without any secret. */
  @Override
  public final String getMessage() {
    return message;
  }

  /**
   * What the authorization server sent, verbatim.
   *
   * @return the server's error, or null if it did not come from one
   */
  public final @Nullable OAuthError oauthError() {
    return oauthError;
  }

  /**
   * What would help, in one English sentence for the person who can do it.
   *
   * @return the sentence, or null if none is known
   */
  public final @Nullable String remedy() {
    return remedy;
  }
}
