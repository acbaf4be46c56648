package dev.latchkey.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.latchkey.internal.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A member of the good answer is missing, has another type or an odd value. */
final class MemberFaults {

  /** In place of the value; {@code %s} is the value as text. */
  private static final List<String> VALUES =
      List.of(
          "null",
          "\"\"",
          "\" \"",
          "0",
          "-1",
          "1.5",
          "1e99",
          "9223372036854775808",
          "true",
          "[]",
          "{}",
          "[\"%s\"]",
          "{\"%s\":\"%s\"}",
          "\"%s\\u0000\"",
          "\"\\u001b]0;%s\\u0007\"",
          "\"%s\\ud800\"",
          "\"%s\\r\\nX: y\"",
          "\"%s%s\"",
          "\"http://127.0.0.1.example/%s\"",
          "\"javascript:%s\"");

  private MemberFaults() {}

  static List<WireFault> all(String... members) {
    List<WireFault> all = new ArrayList<>();
    for (String member : members) {
      all.add(changed("no " + member, member, null));
      for (String value : VALUES) {
        all.add(changed(member + " is " + value, member, value));
      }
      all.add(changed(member + " of 200 KB", member, "\"" + "x".repeat(200_000) + "\""));
      all.add(twice(member));
    }
    return all;
  }

  private static WireFault changed(String name, String member, @Nullable String value) {
    return WireFault.of(
        name,
        wire -> {
          GoodAnswer good = wire.act();
          JsonObject json = Json.object(good.text());
          JsonElement old = json.remove(member);
          String text = json.toString();
          if (value != null) {
            String valueText = old == null ? "" : old.isJsonPrimitive() ? old.getAsString() : "x";
            String comma = json.size() == 0 ? "" : ",";
            text =
                text.substring(0, text.length() - 1)
                    + comma
                    + "\""
                    + member
                    + "\":"
                    + value.replace("%s", valueText)
                    + "}";
          }
          return send(wire, good, text);
        });
  }

  private static WireFault twice(String member) {
    return WireFault.of(
        member + " twice",
        wire -> {
          GoodAnswer good = wire.act();
          String text = good.text();
          return send(
              wire, good, text.substring(0, text.length() - 1) + ",\"" + member + "\":\"x\"}");
        });
  }

  private static boolean send(Wire wire, GoodAnswer good, String text) throws IOException {
    byte[] body = text.getBytes(UTF_8);
    wire.write(
        good.head()
            + "Content-Type: application/json\r\nContent-Length: "
            + body.length
            + "\r\n\r\n");
    wire.write(body);
    return true;
  }
}
