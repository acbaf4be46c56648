package dev.latchkey.examples.desktop.work;

import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.SignInCancelled;
import dev.latchkey.graph.error.Forbidden;
import dev.latchkey.graph.error.GraphException;
import dev.latchkey.graph.error.OutcomeUnknown;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Failures in words for the person. */
final class Problems {

  private Problems() {}

  /**
   * What failed, and why.
   *
   * @param what what was tried, such as "The folder could not be read"
   */
  static String text(String what, Throwable failure) {
    return what + ": " + reason(failure);
  }

  private static String reason(Throwable failure) {
    if (failure instanceof SignInCancelled) {
      return "you are not signed in. Try again to sign in.";
    } else if (failure instanceof LatchkeyException e) {
      return sentence(e.getMessage()) + (e.remedy() == null ? "" : " " + e.remedy());
    } else if (failure instanceof Forbidden e && !e.missingScopes().isEmpty()) {
      return "the app may not do that; it needs " + String.join(", ", e.missingScopes()) + ".";
    } else if (failure instanceof OutcomeUnknown) {
      return "no answer came. It may have been done; look before you try again.";
    } else if (failure instanceof GraphException e) {
      return sentence(e.getMessage());
    } else if (failure instanceof UncheckedIOException e) {
      return ofFile(e.getCause());
    } else if (failure instanceof IOException e) {
      return ofFile(e);
    } else if (failure instanceof CancellationException) {
      return failure.getMessage() == null ? "it was cancelled." : sentence(failure.getMessage());
    } else if (failure instanceof IllegalArgumentException) { // a name that Graph does not take
      return sentence(failure.getMessage());
    }
    return "an unexpected error occurred (" + failure.getClass().getName() + ").";
  }

  private static String ofFile(@Nullable IOException failure) {
    String why = failure == null ? null : failure.getMessage();
    return "the file could not be used (" + sentence(why) + ")";
  }

  private static String sentence(@Nullable String text) {
    String words = text == null ? "the reason is unknown" : text;
    return words.endsWith(".") ? words : words + ".";
  }
}
