package dev.latchkey.graph.internal.transfer;

import dev.latchkey.graph.drive.ConflictBehavior;
import java.util.Locale;

/** {@link ConflictBehavior} as Graph reads it, in a query or in JSON. */
public final class ConflictParameter {

  public static final String NAME = "@microsoft.graph.conflictBehavior";

  private ConflictParameter() {}

  /** The value of the parameter. */
  public static String value(ConflictBehavior behavior) {
    return behavior.name().toLowerCase(Locale.ROOT);
  }
}
