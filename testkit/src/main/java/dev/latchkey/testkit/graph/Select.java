package dev.latchkey.testkit.graph;

import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.Set;
import java.util.function.UnaryOperator;

/** {@code $select}: leaves the other members out, but for the annotations. */
record Select(Set<String> members) implements UnaryOperator<JsonObject> {

  static Select of(Call call) {
    String select = call.query("$select");
    return new Select(
        select == null ? Set.of() : Set.copyOf(Arrays.asList(select.trim().split("\\s*,\\s*"))));
  }

  @Override
  public JsonObject apply(JsonObject whole) {
    if (members.isEmpty()) {
      return whole;
    }
    JsonObject selected = new JsonObject();
    whole
        .entrySet()
        .forEach(
            member -> {
              if (members.contains(member.getKey())
                  || member.getKey().startsWith("@odata.")
                  || member.getKey().equals("id")) {
                selected.add(member.getKey(), member.getValue());
              }
            });
    return selected;
  }
}
