package dev.latchkey;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;

/** A JSON object to send, made from a good one by changing a member or two. */
final class Body {

  static final String DEVICE_CODE = "GmRhmhcxhwAzkoEqiMEg-DnyEysNkuNhszIySk9eS";
  static final String ACCESS_TOKEN = "access-2YotnFZFEjr1zCsicMWpAA";
  static final String REFRESH_TOKEN = "refresh-tGzv3JOkF0XG5Qx2TlKWIA";

  private final JsonObject json;

  Body() {
    this(new JsonObject());
  }

  private Body(JsonObject json) {
    this.json = json;
  }

  /** RFC 8628 §3.2. */
  static Body device() {
    return new Body()
        .with("device_code", DEVICE_CODE)
        .with("user_code", "WDJB-MJHT")
        .with("verification_uri", "https://example.com/device")
        .with("expires_in", 900)
        .with("interval", 5);
  }

  /** RFC 6749 §5.1. */
  static Body tokens() {
    return new Body()
        .with("access_token", ACCESS_TOKEN)
        .with("token_type", "Bearer")
        .with("expires_in", 3600)
        .with("refresh_token", REFRESH_TOKEN);
  }

  Body with(String name, Object value) {
    JsonObject copy = json.deepCopy();
    copy.add(name, value instanceof Body body ? body.json : new Gson().toJsonTree(value));
    return new Body(copy);
  }

  /** With a member that is written as it stands, such as {@code 1e99}. */
  String withRaw(String name, String raw) {
    String text = without(name).toString();
    return text.substring(0, text.length() - 1) + ",\"" + name + "\":" + raw + "}";
  }

  Body with(Map<String, ?> members) {
    Body body = this;
    for (Map.Entry<String, ?> member : members.entrySet()) {
      body = body.with(member.getKey(), member.getValue());
    }
    return body;
  }

  Body without(String name) {
    JsonObject copy = json.deepCopy();
    copy.remove(name);
    return new Body(copy);
  }

  JsonElement get(String name) {
    return json.get(name);
  }

  @Override
  public String toString() {
    return json.toString();
  }
}
