package dev.latchkey.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;

/** A parser of foreign bytes. The constants of an enum, so that a name finds one. */
public interface FuzzTarget {

  /** The name of the constant. */
  String name();

  /** Reads the bytes. Any throwable is a finding, and so is the failed check of a result. */
  void read(byte[] input);

  /** Where its seeds lie. */
  default String directory() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The bytes as text; what is not UTF-8 becomes U+FFFD. */
  static String text(byte[] input) {
    return new String(input, UTF_8);
  }

  /**
   * Runs a parser that may refuse its input in one way.
   *
   * @param refusal the documented exception
   */
  static void refusable(Class<? extends RuntimeException> refusal, Runnable parser) {
    try {
      parser.run();
    } catch (RuntimeException e) {
      if (!refusal.isInstance(e)) {
        throw e;
      }
    }
  }

  /** Fails unless a result is what was promised. */
  static void check(boolean kept, String promise) {
    if (!kept) {
      throw new AssertionError(promise);
    }
  }
}
