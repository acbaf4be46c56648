package dev.latchkey.graph.mail;

import com.google.gson.JsonObject;
import dev.latchkey.graph.http.Call;
import dev.latchkey.graph.http.GraphHttp;
import dev.latchkey.graph.http.Route;

/** The requests about mail, each asking for immutable ids. */
final class MailCalls {

  private static final String IMMUTABLE_IDS = "IdType=\"ImmutableId\"";

  private final GraphHttp http;

  MailCalls(GraphHttp http) {
    this.http = http;
  }

  Call list(MessageQuery query) {
    return reading("list mails", query.route());
  }

  Call get(String id) {
    return reading("read a mail", Route.of("me", "messages", id));
  }

  Call look(String id) {
    return reading("look for a mail", Route.of("me", "messages", id).query("$select", "isDraft"));
  }

  Call createDraft(JsonObject message) {
    return write("draft a mail", "Mail.ReadWrite", "me", "messages").json(message);
  }

  Call discard(String draftId) {
    return Call.delete("remove a draft", http.uri(Route.of("me", "messages", draftId)))
        .header("Prefer", IMMUTABLE_IDS)
        .scopes("Mail.ReadWrite");
  }

  Call send(String draftId) {
    return write("send a draft", "Mail.Send", "me", "messages", draftId, "send");
  }

  Call update(String id) {
    return Call.patch("change a mail", http.uri(Route.of("me", "messages", id)))
        .header("Prefer", IMMUTABLE_IDS)
        .scopes("Mail.ReadWrite");
  }

  Call write(String action, String scope, String... segments) {
    return Call.post(action, http.uri(Route.of(segments)))
        .header("Prefer", IMMUTABLE_IDS)
        .scopes(scope);
  }

  static JsonObject comment(String comment) {
    JsonObject json = new JsonObject();
    json.addProperty("comment", comment);
    return json;
  }

  private Call reading(String action, Route route) {
    return Call.get(action, http.uri(route))
        .header("Prefer", IMMUTABLE_IDS)
        .scopes("Mail.Read", "Mail.ReadWrite");
  }
}
