package dev.latchkey.examples.cli.terminal;

/** The library's log, on standard error. */
public final class Logging {

  private static final String SIMPLE_LOGGER = "org.slf4j.simpleLogger.";

  private Logging() {}

  /** Must run before the process creates its first logger. */
  public static void start(int verbosity) {
    set("defaultLogLevel", verbosity == 0 ? "off" : verbosity == 1 ? "info" : "debug");
    // Below INFO dbus-java logs whole messages, and those to KWallet are not encrypted.
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
