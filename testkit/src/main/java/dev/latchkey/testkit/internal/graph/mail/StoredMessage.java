package dev.latchkey.testkit.internal.graph.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.latchkey.testkit.internal.graph.call.GraphFailure;
import dev.latchkey.testkit.internal.graph.call.JsonMembers;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A message in a {@link StoredMailbox}, which alone changes it and guards it with its lock. */
final class StoredMessage {

  private static final Set<String> WRITABLE =
      Set.of(
          "subject",
          "body",
          "toRecipients",
          "ccRecipients",
          "bccRecipients",
          "replyTo",
          "categories",
          "importance",
          "isRead",
          "flag",
          "inferenceClassification",
          "internetMessageHeaders",
          MailExpand.PROPERTIES,
          "multiValueExtendedProperties",
          "internetMessageId",
          "isDeliveryReceiptRequested",
          "isReadReceiptRequested",
          "from",
          "sender");

  private final String immutableId;
  private final JsonObject members = new JsonObject();
  private String folder;
  private int moves;
  private int version = 1;

  StoredMessage(String mailbox, int number, String folder, boolean draft, Instant now) {
    this.folder = folder;
    immutableId = encode("immutable " + mailbox + " " + number, "AAkALgAA");
    String time = JsonMembers.time(now);
    members.addProperty("createdDateTime", time);
    members.addProperty("lastModifiedDateTime", time);
    members.addProperty("receivedDateTime", time);
    members.addProperty("sentDateTime", time);
    members.addProperty("internetMessageId", "<%d.%s@mail.example>".formatted(number, mailbox));
    members.addProperty("subject", "");
    members.addProperty("importance", "normal");
    members.addProperty("conversationId", encode("conversation " + mailbox + " " + number, "AAQk"));
    members.addProperty("isRead", draft);
    members.addProperty("isDraft", draft);
    members.addProperty("hasAttachments", false);
    members.add("categories", new JsonArray());
    members.add("body", body("text", ""));
    members.add("toRecipients", new JsonArray());
    members.add("ccRecipients", new JsonArray());
    members.add("bccRecipients", new JsonArray());
  }

  private static String encode(String plain, String prefix) {
    return prefix + Base64.getUrlEncoder().encodeToString(plain.getBytes(UTF_8));
  }

  static JsonObject body(String contentType, String content) {
    JsonObject body = JsonMembers.of("contentType", contentType);
    body.addProperty("content", content);
    return body;
  }

  static JsonObject recipient(String name, String address) {
    JsonObject email = JsonMembers.of("name", name);
    email.addProperty("address", address);
    JsonObject recipient = new JsonObject();
    recipient.add("emailAddress", email);
    return recipient;
  }

  String immutableId() {
    return immutableId;
  }

  /** The usual id, which changes with the folder. */
  String id() {
    return encode(immutableId + " " + folder + " " + moves, "AAMkADQ");
  }

  boolean hasId(String either) {
    return either.equals(immutableId) || either.equals(id());
  }

  String folder() {
    return folder;
  }

  void move(String to) {
    folder = to;
    moves++;
    version++;
  }

  JsonObject members() {
    return members;
  }

  boolean isDraft() {
    return members.get("isDraft").getAsBoolean();
  }

  /** Changes members that a client may change. */
  void update(JsonObject changes, Instant now) {
    for (String member : changes.keySet()) {
      if (!WRITABLE.contains(member) && !member.startsWith("@")) {
        throw GraphFailure.of(
            400, "ErrorInvalidPropertySet", "The property '" + member + "' cannot be set.");
      }
    }
    JsonMembers.flag(changes, "isRead", false);
    changes.entrySet().forEach(each -> members.add(each.getKey(), normal(each)));
    members.addProperty("lastModifiedDateTime", JsonMembers.time(now));
    version++;
  }

  private static JsonElement normal(Map.Entry<String, JsonElement> member) {
    if (!member.getKey().equals("body") || !member.getValue().isJsonObject()) {
      return member.getValue();
    }
    JsonObject body = member.getValue().getAsJsonObject();
    String type = JsonMembers.string(body, "contentType");
    String content = JsonMembers.string(body, "content");
    return body(
        type == null ? "text" : type.toLowerCase(Locale.ROOT), content == null ? "" : content);
  }

  JsonObject json(boolean immutable) {
    JsonObject json = new JsonObject();
    json.addProperty("@odata.etag", "W/\"%s\"".formatted(changeKey()));
    json.addProperty("id", immutable ? immutableId : id());
    json.addProperty("changeKey", changeKey());
    json.addProperty("parentFolderId", StoredMailbox.folderId(folder));
    members.deepCopy().entrySet().forEach(each -> json.add(each.getKey(), each.getValue()));
    JsonObject body = JsonMembers.object(members, "body");
    String content = body == null ? null : JsonMembers.string(body, "content");
    String plain = content == null ? "" : content.replaceAll("<[^>]*>", "");
    json.addProperty("bodyPreview", plain.substring(0, Math.min(255, plain.length())));
    json.remove(MailExpand.PROPERTIES);
    return json;
  }

  private String changeKey() {
    return encode("change " + version, "CQAAAB");
  }
}
