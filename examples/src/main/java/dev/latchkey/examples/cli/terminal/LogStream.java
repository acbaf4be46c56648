package dev.latchkey.examples.cli.terminal;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the log and the stack traces go: each text that is printed becomes one line, of {@linkplain
 * Printable printable} characters and without anything like a token. Bytes that are written keep
 * their line breaks, and each of their lines is filtered alike. The library keeps both out of its
 * own log; this filter is for the other libraries, and for mistakes.
 */
public final class LogStream extends PrintStream {

  private static final Pattern WITHIN_A_LINE = Pattern.compile("[^\r\n]+|\r(?!\n)");

  /** So many bytes of one line wait for its end at most. */
  private static final int MAX_BEGUN = 8192;

  private final Charset encoding;

  /** What was written byte by byte: only whole characters and whole lines can be filtered. */
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

  /** A stream in front of another one of the same encoding. */
  public LogStream(OutputStream out, Charset charset) {
    super(out, true, charset);
    this.encoding = charset;
  }

  /** Also called by {@code println}, by SLF4J for a record, by stack traces for a line. */
  @Override
  public void print(@Nullable String text) {
    super.print(filtered(String.valueOf(text)));
  }

  @Override
  public void print(@Nullable Object object) {
    print(String.valueOf(object));
  }

  @Override
  public void print(char character) {
    print(String.valueOf(character));
  }

  @Override
  public void print(char[] text) {
    print(String.valueOf(text));
  }

  @Override
  public synchronized void write(int octet) {
    begun.write(octet);
    if (octet == '\n' || begun.size() == MAX_BEGUN) {
      writeBegun();
    }
  }

  /** Also called by the other methods that write bytes, and by those that print, for the result. */
  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    begun.write(bytes, offset, length);
    writeBegun();
  }

  @Override
  public synchronized void flush() {
    writeBegun();
    super.flush();
  }

  @Override
  public synchronized void close() {
    writeBegun();
    super.close();
  }

  private void writeBegun() {
    if (begun.size() > 0) {
      String text = begun.toString(encoding);
      begun.reset();
      byte[] seen =
          WITHIN_A_LINE
              .matcher(text)
              .replaceAll(line -> Matcher.quoteReplacement(filtered(line.group())))
              .getBytes(encoding);
      super.write(seen, 0, seen.length);
    }
  }

  private static String filtered(String line) {
    String indent = line.startsWith("\t") ? "\t" : ""; // as in a stack trace
    return indent + Printable.logLine(line.substring(indent.length()));
  }
}
