package dev.latchkey.testkit;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.latchkey.testkit.internal.graph.mail.StoredMailbox;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * A user's mail at the {@link FakeGraph}. What one user sends to another arrives at once.
 * Thread-safe. No method blocks.
 */
public final class FakeMailbox {

  private final StoredMailbox mailbox;

  FakeMailbox(StoredMailbox mailbox) {
    this.mailbox = mailbox;
  }

  /**
   * Puts an unread message into the inbox.
   *
   * @param from the sender's address, at any domain
   * @param subject its subject
   * @param text its body
   * @return its immutable id
   */
  public String receive(String from, String subject, String text) {
    return mailbox.receive(from, from, subject, text);
  }

  /** {@return the messages in the inbox, newest first} */
  public List<TestMail> inbox() {
    return folder("inbox");
  }

  /** {@return the sent messages, newest first} */
  public List<TestMail> sent() {
    return folder("sentitems");
  }

  /** {@return the drafts, newest first} */
  public List<TestMail> drafts() {
    return folder("drafts");
  }

  /**
   * The messages in a folder.
   *
   * @param wellKnownName {@code inbox}, {@code drafts}, {@code sentitems}, {@code deleteditems},
   *     {@code archive} or {@code junkemail}
   * @return its messages, newest first
   */
  public List<TestMail> folder(String wellKnownName) {
    return mailbox.messages(wellKnownName).stream().map(FakeMailbox::mail).toList();
  }

  private static TestMail mail(JsonObject json) {
    return new TestMail(
        json.get("id").getAsString(),
        json.get("subject").getAsString(),
        json.getAsJsonObject("body").get("content").getAsString(),
        strings(json, "toRecipients"),
        strings(json, "categories"),
        json.get("isRead").getAsBoolean(),
        json.get("internetMessageId").getAsString());
  }

  private static List<String> strings(JsonObject json, String member) {
    JsonArray array = json.getAsJsonArray(member);
    return StreamSupport.stream(array.spliterator(), false).map(FakeMailbox::string).toList();
  }

  /** A category, or the address of a recipient. */
  private static String string(JsonElement element) {
    return element.isJsonPrimitive()
        ? element.getAsString()
        : element.getAsJsonObject().getAsJsonObject("emailAddress").get("address").getAsString();
  }
}
