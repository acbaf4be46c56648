package dev.latchkey.examples.cli.output;

import com.google.gson.JsonObject;
import dev.latchkey.examples.cli.terminal.Printable;
import dev.latchkey.examples.cli.terminal.Shell;
import java.io.PrintStream;

/**
 * Prints results to standard output, as text or as one line of JSON, and everything else for a
 * person to standard error. Flushes at once.
 */
public final class Output {

  private final Shell shell;
  private final boolean json;

  public Output(Shell shell, boolean json) {
    this.shell = shell;
    this.json = json;
  }

  public boolean isJson() {
    return json;
  }

  /** Whether some standard output was lost, to a full disk or a closed pipe. */
  public boolean isLost() {
    return shell.out().checkError();
  }

  /**
   * Stops the command if some of its output was lost.
   *
   * @param remedy what the person can do about it
   */
  public void check(String remedy) {
    if (isLost()) {
      throw new CommandException(
          CommandError.localFile("Standard output could not be written", remedy), null);
    }
  }

  /** Prints one of many results; stops the command if it was lost. */
  public void listed(JsonObject event, String... lines) {
    result(event, lines);
    check("Run the command again where its output can be written.");
  }

  /**
   * Prints a result, as JSON with {@code --json}.
   *
   * @param lines its text. No line break within one gets through: a name that holds one would look
   *     like a result of its own
   */
  public void result(JsonObject event, String... lines) {
    if (json) {
      event(event);
    } else {
      print(shell.out(), lines);
    }
  }

  /** Prints a line of JSON; does nothing without {@code --json}. */
  public void event(JsonObject event) {
    if (json) {
      shell.out().println(ascii(event.toString()));
      shell.out().flush();
    }
  }

  /** Prints lines for the person at the terminal, with and without {@code --json}. */
  public void tell(String... lines) {
    print(shell.err(), lines);
  }

  private static void print(PrintStream stream, String... lines) {
    for (String line : lines) {
      stream.println(Printable.line(line));
    }
    stream.flush();
  }

  /** Whether the terminal can show block elements. */
  boolean showsBlocks() {
    return shell.charset().newEncoder().canEncode("\u2588\u2580\u2584");
  }

  /** Escapes what is not ASCII: the JSON is the same in every locale. */
  private static String ascii(String line) {
    StringBuilder ascii = new StringBuilder(line.length());
    line.chars()
        .forEach(
            c -> {
              if (c < 0x20 || c > 0x7e) {
                ascii.append("\\u").append(Integer.toHexString(0x10000 | c), 1, 5);
              } else {
                ascii.append((char) c);
              }
            });
    return ascii.toString();
  }
}
