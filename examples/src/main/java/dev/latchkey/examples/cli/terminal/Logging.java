package dev.latchkey.examples.cli.terminal;

import java.nio.charset.Charset;

/** The log of the library and of those that it uses, on standard error and filtered. */
public final class Logging {

  private static final String SIMPLE_LOGGER = "org.slf4j.simpleLogger.";

  private Logging() {}

  /** Must run before the process creates its first logger. */
  public static void start(int verbosity) {
    if (!(System.err instanceof LogStream)) {
      System.setErr(new LogStream(System.err, charset()));
    }
    set("defaultLogLevel", verbosity == 0 ? "off" : verbosity == 1 ? "info" : "debug");
    // Below INFO dbus-java logs whole messages, and those to KWallet are not encrypted.
    set("log.org.freedesktop", verbosity == 0 ? "off" : "info");
    set("showDateTime", "true");
    set("dateTimeFormat", "HH:mm:ss.SSS");
    set("showThreadName", "false");
    set("showShortLogName", "true");
  }

  /** The encoding of standard error; the property's name changed between Java 17 and 19. */
  private static Charset charset() {
    String name =
        System.getProperty("stderr.encoding", System.getProperty("sun.stderr.encoding", ""));
    return name.isEmpty() || !Charset.isSupported(name)
        ? Charset.defaultCharset()
        : Charset.forName(name);
  }

  private static void set(String name, String value) {
    System.setProperty(SIMPLE_LOGGER + name, value);
  }
}
