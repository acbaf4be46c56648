package dev.latchkey.examples.cli.output;

import com.google.gson.JsonObject;
import dev.latchkey.examples.cli.terminal.Shell;

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
  public void listed(JsonObject event, String text) {
    result(event, text);
    check("Run the command again where its output can be written.");
  }

  /** Prints a result, as JSON with {@code --json}. */
  public void result(JsonObject event, String text) {
    if (json) {
      event(event);
    } else {
      shell.out().println(printable(text));
      shell.out().flush();
    }
  }

  /** Prints a line of JSON; does nothing without {@code --json}. */
  public void event(JsonObject event) {
    if (json) {
      shell.out().println(ascii(event.toString()));
      shell.out().flush();
    }
  }

  /** Prints a line for the person at the terminal, with and without {@code --json}. */
  public void tell(String text) {
    shell.err().println(printable(text));
    shell.err().flush();
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
                ascii.append(String.format("\\u%04x", c));
              } else {
                ascii.append((char) c);
              }
            });
    return ascii.toString();
  }

  /** Removes control characters: no server's text moves the cursor. */
  private static String printable(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}&&[^\n]]", " ");
  }
}
