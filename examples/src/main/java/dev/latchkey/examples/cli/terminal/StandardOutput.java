package dev.latchkey.examples.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Standard output. It knows whether its reader is gone, as {@code head} is after its last line:
 * Java ignores SIGPIPE, and a {@code PrintStream} keeps no exception.
 */
public final class StandardOutput extends PrintStream {

  private final Watched watched;

  /**
   * A stream in front of another one.
   *
   * @param pipe whether that one is a pipe, which cannot be full, like a disk
   */
  public StandardOutput(OutputStream out, Charset charset, boolean pipe) {
    this(new Watched(out, pipe), charset);
  }

  static StandardOutput ofThisProcess(Charset charset) {
    return new StandardOutput(new FileOutputStream(FileDescriptor.out), charset, isPipe());
  }

  private static boolean isPipe() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString().startsWith("pipe:");
    } catch (IOException | UnsupportedOperationException e) { // not Linux
      return false;
    }
  }

  private StandardOutput(Watched watched, Charset charset) {
    super(watched, true, charset);
    this.watched = watched;
  }

  /** Whether output was lost because nobody reads it any longer. */
  boolean isReaderGone() {
    return watched.readerIsGone;
  }

  private static final class Watched extends OutputStream {

    private final OutputStream out;
    private final boolean pipe;
    private volatile boolean readerIsGone;

    Watched(OutputStream out, boolean pipe) {
      this.out = out;
      this.pipe = pipe;
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        readerIsGone |= pipe || isAboutAPipe(e);
        throw e;
      }
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }

    /** The message is the system's, in the person's language; most of them name the pipe. */
    private static boolean isAboutAPipe(IOException e) {
      return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
    }
  }
}
