package dev.latchkey.examples.cli.terminal;

/** The log of the library, on standard error. */
public final class Logging {

  private static final String SIMPLE_LOGGER = "org.slf4j.simpleLogger.";

  private Logging() {}

  /** Counts from the first logger that is made in this process, so it comes before all else. */
  public static void start(int verbosity) {
    set("defaultLogLevel", verbosity == 0 ? "off" : verbosity == 1 ? "info" : "debug");
    // below INFO, D-Bus prints whole messages, and those to KWallet are not encrypted
    set("log.org.freedesktop", verbosity == 0 ? "off" : "info");
    set("showDateTime", "true");
    set("dateTimeFormat", "HH:mm:ss.SSS");
    set("showThreadName", "false");
    set("showShortLogName", "true");
  }

  private static void set(String name, String value) {
    System.setProperty(SIMPLE_LOGGER + name, value);
  }
}
