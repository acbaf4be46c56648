package dev.latchkey.examples.cli.terminal;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * Where the log and the stack traces go: each text that is printed becomes one line, of {@linkplain
 * Printable printable} characters and without anything like a token. The library keeps both out of
 * its own log; this filter is for the other libraries, and for mistakes.
 */
public final class LogStream extends PrintStream {

  /** A stream in front of another one of the same encoding. */
  public LogStream(OutputStream out, Charset charset) {
    super(out, true, charset);
  }

  /** Also called by {@code println}, by SLF4J for a record, by stack traces for a line. */
  @Override
  public void print(@Nullable String text) {
    String line = String.valueOf(text);
    String indent = line.startsWith("\t") ? "\t" : ""; // as in a stack trace
    super.print(indent + Printable.logLine(line.substring(indent.length())));
  }

  @Override
  public void print(@Nullable Object object) {
    print(String.valueOf(object));
  }
}
