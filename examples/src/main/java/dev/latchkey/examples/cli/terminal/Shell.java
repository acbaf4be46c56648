package dev.latchkey.examples.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The environment in which a command line runs.
 *
 * @param variables the environment variables
 * @param out the stream for results
 * @param err the stream for prompts, errors and the log
 * @param charset the encoding of both streams
 * @param hasTerminal whether {@code err} is a terminal
 * @param interrupts the handler of Ctrl-C
 */
public record Shell(
    Map<String, String> variables,
    PrintStream out,
    PrintStream err,
    Charset charset,
    boolean hasTerminal,
    Interrupts interrupts) {

  public static Shell ofThisProcess(Interrupts interrupts) {
    Charset charset = charset("stderr.encoding", "sun.stderr.encoding");
    return new Shell(
        System.getenv(),
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, charset),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, charset),
        charset,
        isTerminal(),
        interrupts);
  }

  /** Asks the shell: Java can tell it for both streams together only. */
  private static boolean isTerminal() {
    try {
      Process test =
          ChildProcess.of(List.of("sh", "-c", "test -t 2")).redirectError(Redirect.INHERIT).start();
      return test.waitFor(1, TimeUnit.SECONDS) && test.exitValue() == 0;
    } catch (IOException e) { // no shell, as on Windows: better no bars than garbage in a file
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  public PrintWriter outWriter() {
    return new PrintWriter(out, true, charset);
  }

  public PrintWriter errWriter() {
    return new PrintWriter(err, true, charset);
  }

  /** The property's name changed between Java 17 and 19. */
  private static Charset charset(String property, String formerProperty) {
    String name =
        System.getProperty(
            property,
            System.getProperty(formerProperty, System.getProperty("native.encoding", "UTF-8")));
    try {
      Charset charset = Charset.forName(name);
      // ASCII means that no locale is set, as in containers; the terminal still speaks UTF-8.
      return charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return StandardCharsets.UTF_8;
    }
  }
}
