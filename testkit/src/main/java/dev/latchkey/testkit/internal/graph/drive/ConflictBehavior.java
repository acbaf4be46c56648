package dev.latchkey.testkit.internal.graph.drive;

import com.google.gson.JsonObject;
import dev.latchkey.testkit.internal.graph.call.GraphCall;
import dev.latchkey.testkit.internal.graph.call.GraphFailure;
import dev.latchkey.testkit.internal.graph.call.GraphJson;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What to do if a name is taken: {@code @microsoft.graph.conflictBehavior}. */
public enum ConflictBehavior {
  FAIL,
  RENAME,
  REPLACE;

  public static final String MEMBER = "@microsoft.graph.conflictBehavior";

  public static ConflictBehavior of(@Nullable String wire, ConflictBehavior otherwise) {
    if (wire == null) {
      return otherwise;
    }
    try {
      return valueOf(wire.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw GraphFailure.invalidRequest("Invalid conflict behavior: " + wire);
    }
  }

  public static ConflictBehavior of(GraphCall call, JsonObject body, ConflictBehavior otherwise) {
    String member = GraphJson.string(body, MEMBER);
    return of(member == null ? call.query(MEMBER) : member, otherwise);
  }
}
