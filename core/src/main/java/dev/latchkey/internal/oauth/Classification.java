package dev.latchkey.internal.oauth;

import dev.latchkey.error.SignInRequired.Reason;
import org.jspecify.annotations.Nullable;

/**
 * One row of a table: what an error means, why the session ended if it did, and what would help.
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
