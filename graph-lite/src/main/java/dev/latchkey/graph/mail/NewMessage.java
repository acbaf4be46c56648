package dev.latchkey.graph.mail;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * A message that is not in the mailbox yet. Immutable; each method that takes an argument returns a
 * changed copy.
 *
 * <pre>{@code
 * NewMessage report = NewMessage.of("Q3", ItemBody.text("All is well.")).to("ann@example.com");
 * }</pre>
 *
 * @param subject the subject
 * @param body the content
 * @param to the recipients
 * @param cc the recipients of a copy
 * @param bcc the recipients of a blind copy, whom the others do not see
 */
public record NewMessage(
    String subject, ItemBody body, List<Recipient> to, List<Recipient> cc, List<Recipient> bcc) {

  /**
   * Creates a message.
   *
   * @param subject the subject
   * @param body the content
   * @param to the recipients
   * @param cc the recipients of a copy
   * @param bcc the recipients of a blind copy, whom the others do not see
   */
  public NewMessage {
    to = List.copyOf(to);
    cc = List.copyOf(cc);
    bcc = List.copyOf(bcc);
  }

  /**
   * Creates a message without recipients.
   *
   * @param subject the subject
   * @param body the content
   * @return the message
   */
  public static NewMessage of(String subject, ItemBody body) {
    return new NewMessage(subject, body, List.of(), List.of(), List.of());
  }

  /**
   * Adds recipients.
   *
   * @param addresses email addresses
   * @return the changed message
   */
  public NewMessage to(String... addresses) {
    return new NewMessage(subject, body, plus(to, addresses), cc, bcc);
  }

  /**
   * Adds recipients of a copy.
   *
   * @param addresses email addresses
   * @return the changed message
   */
  public NewMessage cc(String... addresses) {
    return new NewMessage(subject, body, to, plus(cc, addresses), bcc);
  }

  /**
   * Adds recipients of a blind copy, whom the others do not see.
   *
   * @param addresses email addresses
   * @return the changed message
   */
  public NewMessage bcc(String... addresses) {
    return new NewMessage(subject, body, to, cc, plus(bcc, addresses));
  }

  /**
   * Writes Graph's JSON, such as the body of a request in a batch.
   *
   * @return a message
   */
  public JsonObject toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("subject", subject);
    json.add("body", body.toJson());
    json.add("toRecipients", Recipient.toJson(to));
    json.add("ccRecipients", Recipient.toJson(cc));
    json.add("bccRecipients", Recipient.toJson(bcc));
    return json;
  }

  private static List<Recipient> plus(List<Recipient> recipients, String... addresses) {
    List<Recipient> more = new ArrayList<>(recipients);
    for (String address : addresses) {
      more.add(Recipient.of(address));
    }
    return more;
  }

  /** Leaves out subject, content and people, which do not belong in a log. */
  @Override
  public String toString() {
    return "NewMessage[to " + (to.size() + cc.size() + bcc.size()) + ", " + body + "]";
  }
}
