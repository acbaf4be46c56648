package dev.latchkey.examples.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Map;

/**
 * The environment in which a command line runs.
 *
 * @param variables the environment variables
 * @param out the stream for results
 * @param err the stream for prompts, errors and the log
 * @param charset the encoding of both streams
 * @param terminal the terminal that the streams lead to, if any
 * @param interrupts the handler of Ctrl-C
 */
public record Shell(
    Map<String, String> variables,
    PrintStream out,
    PrintStream err,
    Charset charset,
    Terminal terminal,
    Interrupts interrupts) {

  public static Shell ofThisProcess(Interrupts interrupts) {
    Charset charset = charset("stderr.encoding", "sun.stderr.encoding");
    return new Shell(
        System.getenv(),
        StandardOutput.ofThisProcess(charset),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, charset),
        charset,
        Terminal.ofThisProcess(System.getenv()),
        interrupts);
  }

  /** Whether output was lost because nobody reads it any longer, as with {@code | head}. */
  public boolean isReaderGone() {
    return out instanceof StandardOutput standard && standard.isReaderGone();
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
