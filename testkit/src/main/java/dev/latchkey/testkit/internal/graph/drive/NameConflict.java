package dev.latchkey.testkit.internal.graph.drive;

import com.google.gson.JsonObject;
import dev.latchkey.testkit.internal.graph.call.GraphFailure;
import dev.latchkey.testkit.internal.graph.call.JsonMembers;
import dev.latchkey.testkit.internal.graph.call.RoutedCall;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What to do if a name is taken: {@code @microsoft.graph.conflictBehavior}. */
public enum NameConflict {
  FAIL,
  RENAME,
  REPLACE;

  public static final String MEMBER = "@microsoft.graph.conflictBehavior";

  public static NameConflict of(@Nullable String wire, NameConflict otherwise) {
    if (wire == null) {
      return otherwise;
    }
    try {
      return valueOf(wire.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw GraphFailure.invalidRequest("Invalid conflict behavior: " + wire);
    }
  }

  public static NameConflict of(RoutedCall call, JsonObject body, NameConflict otherwise) {
    String member = JsonMembers.string(body, MEMBER);
    return of(member == null ? call.query(MEMBER) : member, otherwise);
  }
}
