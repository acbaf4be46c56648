package dev.latchkey.examples.cli.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The terminal that the streams of the command line lead to.
 *
 * @param out whether standard output is a terminal
 * @param err whether standard error is one
 * @param columns its width, at least 20; 80 if there is none or it does not say
 */
public record Terminal(boolean out, boolean err, int columns) {

  /** No terminal: output goes to files or to other programs. */
  public static final Terminal NONE = new Terminal(false, false, 80);

  private static final int MIN_COLUMNS = 20;
  private static final Pattern SIZE = Pattern.compile("\\d+ (\\d+)\\s*");

  /** Takes care that text has some room in any case. */
  public Terminal {
    columns = Math.max(MIN_COLUMNS, columns);
  }

  static Terminal ofThisProcess(Map<String, String> variables) {
    int streams = streams();
    boolean out = (streams & 1) != 0;
    boolean err = (streams & 2) != 0;
    int named = number(variables.getOrDefault("COLUMNS", ""));
    int columns = named > 0 ? named : out || err ? size() : 0;
    return new Terminal(out, err, columns > 0 ? columns : NONE.columns());
  }

  /** Asks the shell: Java can tell it for all streams together only. */
  private static int streams() {
    String test = "s=0; test -t 1 && s=1; test -t 2 && s=$((s + 2)); exit $s";
    try {
      Process shell =
          ChildProcess.of(List.of("sh", "-c", test))
              .redirectOutput(Redirect.INHERIT)
              .redirectError(Redirect.INHERIT)
              .start();
      int streams = shell.waitFor(1, TimeUnit.SECONDS) ? shell.exitValue() : 0;
      return streams > 3 ? 0 : streams;
    } catch (IOException e) { // no shell, as on Windows: better no bars than garbage in a file
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  /** The width that the terminal says it has; 0 if it does not. */
  private static int size() {
    try {
      Process stty =
          ChildProcess.of(List.of("sh", "-c", "exec stty size </dev/tty"))
              .redirectError(Redirect.DISCARD)
              .start();
      try (InputStream answer = stty.getInputStream()) {
        Matcher size = SIZE.matcher(new String(answer.readAllBytes(), StandardCharsets.US_ASCII));
        return size.matches() ? number(size.group(1)) : 0;
      }
    } catch (IOException e) {
      return 0;
    }
  }

  private static int number(String text) {
    return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
  }
}
