package dev.latchkey.examples.cli.command;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds arguments that Java could not read. Outside a UTF-8 locale, as in many containers and cron
 * jobs, it replaces each byte beyond ASCII, and the command would send the replacements.
 */
public final class ArgumentEncoding {

  private static final char REPLACEMENT = '\ufffd';

  private final Map<String, String> variables;

  public ArgumentEncoding(Map<String, String> variables) {
    this.variables = variables;
  }

  /** What could not be read; null if all could. The value of a variable may be a secret. */
  public @Nullable String problem(String... args) {
    for (String arg : args) {
      if (isDamaged(arg)) {
        return "Java could not read all letters of the argument '" + arg + "'";
      }
    }
    for (Map.Entry<String, String> each : new TreeMap<>(variables).entrySet()) {
      if (each.getKey().startsWith("LATCHKEY_") && isDamaged(each.getValue())) {
        return "Java could not read all letters of the variable " + each.getKey();
      }
    }
    return null;
  }

  /**
   * The locale is the only way: Java 17 and 25 both ignore {@code -Dsun.jnu.encoding} on the
   * command line and in {@code JAVA_TOOL_OPTIONS}.
   */
  public static String remedy() {
    return "Run it in a UTF-8 locale that is installed, for example with LC_ALL=C.UTF-8; here Java"
        + " reads arguments as "
        + System.getProperty("sun.jnu.encoding", "ASCII")
        + ".";
  }

  private static boolean isDamaged(String text) {
    return text.indexOf(REPLACEMENT) >= 0;
  }
}
