package dev.latchkey.testkit.graph;

import com.google.gson.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What to do when a name is taken: {@code @microsoft.graph.conflictBehavior}. */
enum Conflict {
  FAIL,
  RENAME,
  REPLACE;

  static final String MEMBER = "@microsoft.graph.conflictBehavior";

  static Conflict of(@Nullable String wire, Conflict otherwise) {
    if (wire == null) {
      return otherwise;
    }
    try {
      return valueOf(wire.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw GraphFailure.invalidRequest("Invalid conflict behavior: " + wire);
    }
  }

  static Conflict of(Call call, JsonObject body, Conflict otherwise) {
    String member = Json.string(body, MEMBER);
    return of(member == null ? call.query(MEMBER) : member, otherwise);
  }
}
