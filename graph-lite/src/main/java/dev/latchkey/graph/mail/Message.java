package dev.latchkey.graph.mail;

import com.google.gson.JsonObject;
import dev.latchkey.graph.internal.json.GraphJson;
import dev.latchkey.internal.json.Json;
import dev.latchkey.internal.json.JsonInstants;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message in the mailbox as it was at one moment. A member that Graph left out, perhaps because
 * of {@code $select}, is null, or empty.
 *
 * @param id the immutable id: it stays the same when the message is moved or, as a draft, sent
 * @param subject the subject
 * @param bodyPreview the first 255 characters of the body, as text
 * @param body the whole body
 * @param from the sender
 * @param toRecipients the recipients
 * @param ccRecipients the recipients of a copy
 * @param bccRecipients the recipients of a blind copy; only on messages that the user wrote
 * @param receivedDateTime when it was received
 * @param sentDateTime when it was sent
 * @param isRead whether it has been read
 * @param isDraft whether it is still a draft
 * @param hasAttachments whether it has attachments other than inline pictures
 * @param categories the names of its categories
 * @param internetMessageId the {@code Message-ID} header
 * @param conversationId the id that all messages of its thread share
 * @param parentFolderId the folder
 * @param webLink shows it in Outlook on the web
 * @see <a href="https://learn.microsoft.com/graph/api/resources/message">message resource type</a>
 * @see dev.latchkey.graph.Mailbox
 */
public record Message(
    String id,
    @Nullable String subject,
    @Nullable String bodyPreview,
    @Nullable ItemBody body,
    @Nullable Recipient from,
    List<Recipient> toRecipients,
    List<Recipient> ccRecipients,
    List<Recipient> bccRecipients,
    @Nullable Instant receivedDateTime,
    @Nullable Instant sentDateTime,
    @Nullable Boolean isRead,
    @Nullable Boolean isDraft,
    @Nullable Boolean hasAttachments,
    List<String> categories,
    @Nullable String internetMessageId,
    @Nullable String conversationId,
    @Nullable String parentFolderId,
    @Nullable String webLink) {

  /**
   * Reads Graph's JSON, such as the body of a batch's response.
   *
   * @param json a message
   * @return the message
   * @throws RuntimeException if it has no id
   */
  public static Message fromJson(JsonObject json) {
    return new Message(
        Json.requiredString(json, "id"),
        Json.string(json, "subject"),
        Json.string(json, "bodyPreview"),
        GraphJson.read(json, "body", ItemBody::fromJson),
        GraphJson.read(json, "from", Recipient::fromJson),
        GraphJson.readAll(json, "toRecipients", Recipient::fromJson),
        GraphJson.readAll(json, "ccRecipients", Recipient::fromJson),
        GraphJson.readAll(json, "bccRecipients", Recipient::fromJson),
        JsonInstants.read(json, "receivedDateTime"),
        JsonInstants.read(json, "sentDateTime"),
        GraphJson.flag(json, "isRead"),
        GraphJson.flag(json, "isDraft"),
        GraphJson.flag(json, "hasAttachments"),
        Json.strings(json, "categories"),
        Json.string(json, "internetMessageId"),
        Json.string(json, "conversationId"),
        Json.string(json, "parentFolderId"),
        Json.string(json, "webLink"));
  }

  /** The id alone: subject and people do not belong in a log. */
  @Override
  public String toString() {
    return "Message[" + id + "]";
  }
}
