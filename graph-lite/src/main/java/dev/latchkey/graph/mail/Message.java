package dev.latchkey.graph.mail;

import com.google.gson.JsonObject;
import dev.latchkey.graph.ItemBody;
import dev.latchkey.graph.Listing;
import dev.latchkey.graph.http.Answer;
import dev.latchkey.graph.http.Call;
import dev.latchkey.graph.http.GraphHttp;
import dev.latchkey.graph.http.Members;
import dev.latchkey.graph.http.Pages;
import dev.latchkey.internal.json.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mail in the mailbox at one moment. What Graph left out, also because of {@code $select}, is
 * null, or empty.
 *
 * @param id the immutable id: it stays the same when the mail is moved or, as a draft, sent
 * @param subject the subject
 * @param bodyPreview the first 255 characters as text
 * @param body all of it
 * @param from who it is from
 * @param toRecipients who it is to
 * @param ccRecipients who gets a copy
 * @param bccRecipients who gets a copy unseen; only on mail of one's own
 * @param receivedDateTime when it came
 * @param sentDateTime when it was sent
 * @param isRead whether it has been read
 * @param isDraft whether it has not been sent
 * @param hasAttachments whether there are any beside pictures within the text
 * @param categories the names of its categories
 * @param internetMessageId the {@code Message-ID} header
 * @param conversationId what it has in common with the mails of its thread
 * @param parentFolderId the folder that it is in
 * @param webLink where Outlook on the web shows it
 * @see <a href="https://learn.microsoft.com/graph/api/resources/message">message resource type</a>
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

  /** Reads one that is the whole answer. */
  static Message of(Answer answer) {
    return answer.read(Message::read);
  }

  /** Reads a listing of them. */
  static Listing<Message> list(GraphHttp http, Call first) {
    return new Pages<>(http, first, Message::read);
  }

  static Message read(JsonObject json) {
    return new Message(
        Json.requiredString(json, "id"),
        Json.string(json, "subject"),
        Json.string(json, "bodyPreview"),
        Members.read(json, "body", ItemBody::read),
        Members.read(json, "from", Recipient::read),
        Members.readAll(json, "toRecipients", Recipient::read),
        Members.readAll(json, "ccRecipients", Recipient::read),
        Members.readAll(json, "bccRecipients", Recipient::read),
        Members.instant(json, "receivedDateTime"),
        Members.instant(json, "sentDateTime"),
        Members.flag(json, "isRead"),
        Members.flag(json, "isDraft"),
        Members.flag(json, "hasAttachments"),
        Json.strings(json, "categories"),
        Json.string(json, "internetMessageId"),
        Json.string(json, "conversationId"),
        Json.string(json, "parentFolderId"),
        Json.string(json, "webLink"));
  }

  /** The id alone: subjects and people are nobody's business in a log. */
  @Override
  public String toString() {
    return "Message[" + id + "]";
  }
}
