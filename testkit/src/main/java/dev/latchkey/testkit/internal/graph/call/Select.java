package dev.latchkey.testkit.internal.graph.call;

import com.google.gson.JsonObject;
import dev.latchkey.testkit.internal.graph.mail.MailExpand;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/** {@code $select}: keeps these members, {@code id} and the annotations. */
public record Select(Set<String> members) implements UnaryOperator<JsonObject> {

  public static Select of(RoutedCall call) {
    String select = call.query("$select");
    if (select == null) {
      return new Select(Set.of());
    }
    Set<String> members = new HashSet<>(Arrays.asList(select.trim().split("\\s*,\\s*")));
    if (call.query("$expand") != null) {
      members.add(MailExpand.PROPERTIES);
    }
    return new Select(members);
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
