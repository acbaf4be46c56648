package dev.latchkey.examples.cli.terminal;

import java.util.List;
import java.util.Locale;

/**
 * The only way in which the command line starts another program. {@code LATCHKEY_FILE_KEY} opens
 * every session of a file store, and other variables are none of that program's business, either: a
 * browser hands its environment on to all that it starts.
 */
final class ChildProcess {

  private static final String OURS = "LATCHKEY_";

  private ChildProcess() {}

  /** A program that gets the environment of this one without the variables of the command line. */
  static ProcessBuilder of(List<String> command) {
    ProcessBuilder child = new ProcessBuilder(command);
    // On Windows the case of a variable's name does not matter.
    child.environment().keySet().removeIf(name -> name.toUpperCase(Locale.ROOT).startsWith(OURS));
    return child;
  }
}
