package dev.latchkey.examples.cli.output;

import com.google.gson.JsonObject;
import dev.latchkey.examples.cli.terminal.Shell;

/**
 * Says things: results to standard output, as text or as one line of JSON; everything else that is
 * for a person to standard error. Flushed at once.
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

  /** Whether some of what was said on standard output is lost: a full disk, or nobody reads it. */
  public boolean isLost() {
    return shell.out().checkError();
  }

  /**
   * Refuses to go on if something that was said is lost.
   *
   * @param remedy what to do about it, with this command
   */
  public void check(String remedy) {
    if (isLost()) {
      throw new CommandException(
          CommandError.localFile("Standard output could not be written", remedy), null);
    }
  }

  /** One of many results: there is no use in the others if this one is lost. */
  public void listed(JsonObject event, String text) {
    result(event, text);
    check("Run the command again where its output can be written.");
  }

  /** A result in the form that was asked for. */
  public void result(JsonObject event, String text) {
    if (json) {
      event(event);
    } else {
      shell.out().println(printable(text));
      shell.out().flush();
    }
  }

  /** A line for programs; nothing without {@code --json}. */
  public void event(JsonObject event) {
    if (json) {
      shell.out().println(ascii(event.toString()));
      shell.out().flush();
    }
  }

  /** For the person at the terminal, in either form. */
  public void tell(String text) {
    shell.err().println(printable(text));
    shell.err().flush();
  }

  /** Whether the terminal can show block elements. */
  boolean showsBlocks() {
    return shell.charset().newEncoder().canEncode("\u2588\u2580\u2584");
  }

  /** The same JSON whatever the locale: outside of strings there is only ASCII anyway. */
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

  /** Whatever a server made of a name, it does not move the cursor. */
  private static String printable(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}&&[^\n]]", " ");
  }
}
