package dev.latchkey.internal.error;

import dev.latchkey.error.SignInRequired.Reason;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What an error means: one row of an {@link ErrorTable}.
 *
 * @param errorClass what the caller has to do
 * @param reason why the person has to sign in again; null if that is not the case
 * @param remedy what would help, in one sentence; null if none is known
 * @param browserMayHelp whether what stands in the way of a device code may let a browser on this
 *     computer pass
 */
record Classification(
    ErrorClass errorClass,
    @Nullable Reason reason,
    @Nullable String remedy,
    boolean browserMayHelp) {

  Classification(ErrorClass errorClass, @Nullable Reason reason, @Nullable String remedy) {
    this(errorClass, reason, remedy, false);
  }

  /**
   * The most telling number first. Entra sends general numbers beside the specific one: 70002 or
   * 70000 with 70008, for example.
   */
  static final Comparator<Classification> MOST_TELLING_FIRST =
      Comparator.comparing(Classification::isGeneral).thenComparing(Classification::errorClass);

  /** Whether it says no more than {@code invalid_grant} or {@code invalid_request} does. */
  private boolean isGeneral() {
    return errorClass == ErrorClass.REQUEST
        || (errorClass == ErrorClass.SIGNIN && reason == Reason.GRANT_REJECTED);
  }

  boolean endsSession() {
    return errorClass == ErrorClass.SIGNIN || errorClass == ErrorClass.CLAIMS;
  }

  boolean isTransient() {
    return errorClass == ErrorClass.SLOW
        || errorClass == ErrorClass.LATER
        || errorClass == ErrorClass.OUT;
  }
}
