package dev.latchkey.examples.cli.terminal;

import java.util.List;
import java.util.Locale;

/**
 * How the command line starts another program, besides the browser. {@code LATCHKEY_FILE_KEY} opens
 * every session of a file store, and other variables are none of that program's business, either: a
 * browser hands its environment on to all that it starts.
 */
final class ChildProcess {

  private static final String OURS = "LATCHKEY_";

  private ChildProcess() {}

  /** A program that gets the environment of this one without the variables of the command line. */
  static ProcessBuilder of(List<String> command) {
    ProcessBuilder child = new ProcessBuilder(command);
    child.environment().keySet().removeIf(ChildProcess::isOurs);
    return child;
  }

  /** Whether a variable is the command line's. On Windows the case of a name does not matter. */
  static boolean isOurs(String name) {
    return name.toUpperCase(Locale.ROOT).startsWith(OURS);
  }
}
