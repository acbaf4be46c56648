package dev.latchkey.graph.internal.mail;

import com.google.gson.JsonObject;
import dev.latchkey.graph.internal.http.GraphCall;
import dev.latchkey.graph.internal.http.GraphHttp;
import dev.latchkey.graph.internal.http.GraphPath;
import dev.latchkey.graph.mail.MessageChange;
import dev.latchkey.graph.mail.MessageQuery;
import dev.latchkey.graph.mail.NewMessage;

/** Makes the calls to the mailbox of the signed-in user. Thread-safe. */
public final class MailCalls {

  /** The status of Graph when it has taken a mail to send it. */
  public static final int ACCEPTED = 202;

  private static final String IMMUTABLE_IDS = "IdType=\"ImmutableId\"";

  private final GraphHttp http;

  /** Creates one; nothing is sent. */
  public MailCalls(GraphHttp http) {
    this.http = http;
  }

  public GraphCall list(MessageQuery query) {
    String folder = query.folder();
    GraphPath path =
        folder == null
            ? GraphPath.of("me", "messages")
            : GraphPath.of("me", "mailFolders", folder, "messages");
    Integer pageSize = query.pageSize();
    return list(
        path.query("$filter", query.filter())
            .query("$select", query.select().isEmpty() ? null : String.join(",", query.select()))
            .query("$orderby", query.orderBy())
            .query("$top", pageSize == null ? null : pageSize.toString()));
  }

  GraphCall list(GraphPath path) {
    return read("list messages", path);
  }

  public GraphCall get(String id) {
    return read("read a message", message(id));
  }

  /** Asks only whether it is still a draft. */
  GraphCall getDraftState(String id) {
    return read("look for a message", message(id).query("$select", "isDraft"));
  }

  public GraphCall createDraft(JsonObject message) {
    return post("draft a message", "Mail.ReadWrite", GraphPath.of("me", "messages"), message);
  }

  public GraphCall createReply(String id, String comment) {
    return post(
        "draft a reply", "Mail.ReadWrite", message(id).then("createReply"), comment(comment));
  }

  GraphCall deleteDraft(String id) {
    GraphCall call = GraphCall.delete("delete a draft", http.uri(message(id)));
    return mail(call, "Mail.ReadWrite");
  }

  public GraphCall send(String draftId) {
    return mail(
        GraphCall.post("send a draft", http.uri(message(draftId).then("send"))), "Mail.Send");
  }

  public GraphCall sendMail(NewMessage message, boolean keepCopy) {
    JsonObject json = new JsonObject();
    json.add("message", message.toJson());
    json.addProperty("saveToSentItems", keepCopy);
    return post("send a message", "Mail.Send", GraphPath.of("me", "sendMail"), json);
  }

  public GraphCall reply(String id, String comment) {
    return post("reply to a message", "Mail.Send", message(id).then("reply"), comment(comment));
  }

  public GraphCall move(String id, String folder) {
    JsonObject json = new JsonObject();
    json.addProperty("destinationId", folder);
    return post("move a message", "Mail.ReadWrite", message(id).then("move"), json);
  }

  public GraphCall update(String id, MessageChange change) {
    GraphCall call = GraphCall.patch("change a message", http.uri(message(id)));
    return mail(call.json(change.toJson()), "Mail.ReadWrite");
  }

  private GraphCall read(String action, GraphPath path) {
    return mail(GraphCall.get(action, http.uri(path)), "Mail.Read", "Mail.ReadWrite");
  }

  private GraphCall post(String action, String scope, GraphPath path, JsonObject body) {
    return mail(GraphCall.post(action, http.uri(path)).json(body), scope);
  }

  private static GraphPath message(String id) {
    return GraphPath.of("me", "messages", id);
  }

  private static GraphCall mail(GraphCall call, String... scopes) {
    return call.header("Prefer", IMMUTABLE_IDS).scopes(scopes);
  }

  private static JsonObject comment(String comment) {
    JsonObject json = new JsonObject();
    json.addProperty("comment", comment);
    return json;
  }
}
