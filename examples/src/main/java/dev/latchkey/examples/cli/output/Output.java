package dev.latchkey.examples.cli.output;

import com.google.gson.JsonObject;
import dev.latchkey.examples.cli.terminal.Printable;
import dev.latchkey.examples.cli.terminal.Shell;
import dev.latchkey.examples.cli.terminal.Wrap;
import java.io.PrintStream;
import java.util.List;

/**
 * Prints results to standard output, as text or as one line of JSON, and everything else for a
 * person to standard error. Flushes at once.
 */
public final class Output {

  /** What the further lines of a result begin with where the terminal is too narrow for it. */
  private static final String CONTINUED = "    ";

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

  /** Whether output was lost because nobody reads it any longer. */
  public boolean isReaderGone() {
    return isLost() && shell.isReaderGone();
  }

  /** How many columns text may use; 80 where there is no terminal. */
  public int columns() {
    return shell.terminal().columns();
  }

  /**
   * Stops the command if some of its output was lost.
   *
   * @param remedy what the person can do about it
   */
  public void check(String remedy) {
    if (isReaderGone()) {
      throw new CommandException(CommandError.readerGone(), null);
    } else if (isLost()) {
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
      print(shell.out(), shell.terminal().out(), CONTINUED, lines);
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
    print(shell.err(), shell.terminal().err(), "", lines);
  }

  /**
   * Prints a line that holds a code. On a terminal the line may break, but not within the code.
   *
   * @param code may contain spaces
   */
  void tellWithCode(String line, String code) {
    boolean wraps = shell.terminal().err();
    String shown = Printable.line(code);
    String text = Printable.line(line);
    print(shell.err(), wraps ? lines(text.replace(shown, Wrap.fixed(shown)), "") : List.of(text));
  }

  /** Prints a picture of characters, unless it is wider than the terminal. */
  void tellPicture(List<String> rows) {
    int width = rows.stream().mapToInt(String::length).max().orElse(0);
    if (!shell.terminal().err() || width <= columns()) {
      print(shell.err(), rows);
    }
  }

  private void print(PrintStream stream, boolean wraps, String indent, String... lines) {
    for (String line : lines) {
      String text = Printable.line(line);
      print(stream, wraps ? lines(text, indent) : List.of(text));
    }
  }

  private List<String> lines(String text, String indent) {
    String own = text.substring(0, text.length() - text.stripLeading().length());
    return Wrap.lines(text, columns(), own + indent);
  }

  private static void print(PrintStream stream, List<String> lines) {
    lines.forEach(stream::println);
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
