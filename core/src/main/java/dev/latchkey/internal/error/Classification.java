package dev.latchkey.internal.error;

import dev.latchkey.error.SignInRequired.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What an error means: one row of an {@link ErrorTable}.
 *
 * @param errorClass what the caller has to do
 * @param reason why the person has to sign in again; null if that is not the case
 * @param remedy what would help, in one sentence; null if none is known
 */
record Classification(ErrorClass errorClass, @Nullable Reason reason, @Nullable String remedy) {

  boolean endsSession() {
    return errorClass == ErrorClass.SIGNIN || errorClass == ErrorClass.CLAIMS;
  }

  boolean isTransient() {
    return errorClass == ErrorClass.SLOW
        || errorClass == ErrorClass.LATER
        || errorClass == ErrorClass.OUT;
  }
}
