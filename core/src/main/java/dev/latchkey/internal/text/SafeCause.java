package dev.latchkey.internal.text;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Exceptions of the JDK and of other libraries, made fit for a chain of causes and for a log. Their
 * messages may quote what they failed on: a response with its tokens, a record of a store. So a
 * message that is not {@linkplain HarmlessMessages known to be harmless} is replaced, wherever it
 * is among the causes and the suppressed exceptions. The stack traces stay, and so do the classes,
 * or at least their names.
 *
 * <p>Exceptions of this library's own classes pass as they are: their messages are ours, and their
 * constructors bring their causes here.
 */
public final class SafeCause {

  static final String LEFT_OUT = "[message left out]";

  /** The causes of more are dropped: a chain that long tells no more than its beginning. */
  private static final int MAX_COUNT = 50;

  /** So many wrappers may repeat one message. */
  private static final int MAX_REPEATS = 5;

  private static final String OURS =
      SafeCause.class.getPackageName().replaceFirst("internal\\.text$", "");

  private final IdentityHashMap<Throwable, Throwable> seen = new IdentityHashMap<>();

  private SafeCause() {}

  /** The exception itself if all of it is harmless; else one of the same class, or its stand-in. */
  public static Throwable of(Throwable foreign) {
    return new SafeCause().safe(foreign);
  }

  /** As {@link #of(Throwable)}; null for null. */
  public static @Nullable Throwable orNull(@Nullable Throwable foreign) {
    return foreign == null ? null : of(foreign);
  }

  /** As {@link #of(Throwable)}, for where the type counts. */
  public static IOException of(IOException foreign) {
    return (IOException) of((Throwable) foreign);
  }

  /** The message; null if absent, or if it may quote anything. */
  public static @Nullable String message(Throwable foreign) {
    return isHarmless(foreign, MAX_REPEATS) ? foreign.getMessage() : null;
  }

  /** The message if it is harmless, else the name of the class. */
  public static String describe(Throwable foreign) {
    String message = message(foreign);
    return message == null ? foreign.getClass().getName() : message;
  }

  private Throwable safe(Throwable foreign) {
    if (isOurs(foreign)) {
      return foreign;
    }
    Throwable known = seen.get(foreign);
    if (known != null) {
      return known;
    }
    // In its place if it is met again among its own causes, or if it lies too deep.
    seen.put(foreign, standIn(foreign, LEFT_OUT, null));
    Throwable safe = seen.size() > MAX_COUNT ? standIn(foreign, LEFT_OUT, null) : made(foreign);
    seen.put(foreign, safe);
    return safe;
  }

  private Throwable made(Throwable foreign) {
    Throwable cause = foreign.getCause();
    Throwable safeCause = cause == null ? null : safe(cause);
    List<Throwable> suppressed = Arrays.asList(foreign.getSuppressed());
    List<Throwable> safeSuppressed = new ArrayList<>();
    suppressed.forEach(one -> safeSuppressed.add(safe(one)));
    boolean harmless = isHarmless(foreign, MAX_REPEATS);
    if (harmless && isPlain(foreign) && cause == safeCause && isSame(suppressed, safeSuppressed)) {
      return foreign;
    }
    Throwable copy = copy(foreign, harmless ? foreign.getMessage() : LEFT_OUT, safeCause);
    safeSuppressed.forEach(copy::addSuppressed);
    return copy;
  }

  @SuppressWarnings("ReferenceEquality") // the same exceptions, not equal ones
  private static boolean isSame(List<Throwable> some, List<Throwable> others) {
    for (int i = 0; i < some.size(); i++) {
      if (some.get(i) != others.get(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the message of this one exception can be shown; its causes are another matter. */
  private static boolean isHarmless(Throwable foreign, int repeats) {
    String message = foreign.getMessage();
    return message == null
        || isOurs(foreign)
        || HarmlessMessages.includes(foreign, message)
        || (repeats > 0 && repeats(message, foreign.getCause(), repeats));
  }

  /** Many wrappers repeat the message of their cause, or its {@code toString}. */
  private static boolean repeats(String message, @Nullable Throwable cause, int repeats) {
    if (cause == null || cause.getMessage() == null || !isHarmless(cause, repeats - 1)) {
      return false;
    }
    String repeated = cause.getMessage();
    return message.equals(repeated) || message.equals(cause.getClass().getName() + ": " + repeated);
  }

  /** Whether its text is its class and its message: a stack trace prints {@code toString}. */
  private static boolean isPlain(Throwable foreign) {
    String message = foreign.getMessage();
    String name = foreign.getClass().getName();
    return foreign.toString().equals(message == null ? name : name + ": " + message);
  }

  private static boolean isOurs(Throwable thrown) {
    return thrown.getClass().getName().startsWith(OURS);
  }

  /** The classes of the JDK can be made anew; of others, nobody knows what a constructor does. */
  private static Throwable copy(
      Throwable original, @Nullable String message, @Nullable Throwable cause) {
    if (isOfTheJdk(original.getClass().getName())) {
      try {
        Throwable copy = original.getClass().getConstructor(String.class).newInstance(message);
        copy.setStackTrace(original.getStackTrace());
        return cause == null ? copy : copy.initCause(cause);
      } catch (ReflectiveOperationException | RuntimeException notThatSimple) {
        // no such constructor, or one that forbids a cause
      }
    }
    return standIn(original, message, cause);
  }

  private static boolean isOfTheJdk(String className) {
    return className.startsWith("java.") || className.startsWith("javax.");
  }

  private static Throwable standIn(
      Throwable original, @Nullable String message, @Nullable Throwable cause) {
    String text = original.getClass().getName() + (message == null ? "" : ": " + message);
    Throwable standIn =
        original instanceof IOException
            ? new ForeignIoException(text, cause)
            : new ForeignException(text, cause);
    standIn.setStackTrace(original.getStackTrace());
    return standIn;
  }

  /** Stands for an exception of another library. */
  private static final class ForeignException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ForeignException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** Stands for an {@code IOException} of another library. */
  private static final class ForeignIoException extends IOException {
    private static final long serialVersionUID = 1L;

    ForeignIoException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
