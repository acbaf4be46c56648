package dev.latchkey.error;

import dev.latchkey.internal.text.SafeCause;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The root of the exceptions that Latchkey throws: one subtype for each thing that a caller does
 * next. Unchecked. The message says what happened; it never holds a token, a code or a response
 * body. Nor do the causes: a message of the JDK or of another library is replaced unless it is
 * known to quote nothing. {@link #remedy()} says what would help.
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

  private final transient @Nullable OAuthError oauthError;
  private final @Nullable String remedy;

  LatchkeyException(
      String message,
      @Nullable OAuthError oauthError,
      @Nullable String remedy,
      @Nullable Throwable cause) {
    super(message, SafeCause.orNull(cause));
    this.oauthError = oauthError;
    this.remedy = remedy;
  }

  /**
   * Says what happened, in one or two sentences for people, without any secret.
   *
   * @return the message
   */
  @Override
  public final String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  /**
   * Returns the error that the authorization server sent. It is not serialized.
   *
   * @return the error; null if the exception does not come from a server's error
   */
  public final @Nullable OAuthError oauthError() {
    return oauthError;
  }

  /**
   * Says what would help, in one English sentence for the person who can do it.
   *
   * @return the sentence; null if no remedy is known
   */
  public final @Nullable String remedy() {
    return remedy;
  }
}
