package dev.latchkey.graph.mail;

import com.google.gson.JsonObject;
import dev.latchkey.graph.ItemBody;
import java.util.ArrayList;
import java.util.List;

/**
 * A mail that is not in the mailbox yet. Immutable.
 *
 * <pre>{@code
 * NewMessage report = NewMessage.of("Q3", ItemBody.text("All is well.")).to("ann@example.com");
 * }</pre>
 */
public final class NewMessage {

  private final String subject;
  private final ItemBody body;
  private final List<Recipient> to;
  private final List<Recipient> cc;
  private final List<Recipient> bcc;

  private NewMessage(
      String subject, ItemBody body, List<Recipient> to, List<Recipient> cc, List<Recipient> bcc) {
    this.subject = subject;
    this.body = body;
    this.to = to;
    this.cc = cc;
    this.bcc = bcc;
  }

  /**
   * A mail to nobody yet.
   *
   * @param subject the subject
   * @param body what it says
   * @return the mail
   */
  public static NewMessage of(String subject, ItemBody body) {
    return new NewMessage(subject, body, List.of(), List.of(), List.of());
  }

  /**
   * To these people too.
   *
   * @param addresses mail addresses
   * @return the longer mail
   */
  public NewMessage to(String... addresses) {
    return new NewMessage(subject, body, and(to, addresses), cc, bcc);
  }

  /**
   * With a copy to these people too.
   *
   * @param addresses mail addresses
   * @return the longer mail
   */
  public NewMessage cc(String... addresses) {
    return new NewMessage(subject, body, to, and(cc, addresses), bcc);
  }

  /**
   * With a copy to these people too, whom the others do not see.
   *
   * @param addresses mail addresses
   * @return the longer mail
   */
  public NewMessage bcc(String... addresses) {
    return new NewMessage(subject, body, to, cc, and(bcc, addresses));
  }

  JsonObject toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("subject", subject);
    json.add("body", body.toJson());
    json.add("toRecipients", Recipient.toJson(to));
    json.add("ccRecipients", Recipient.toJson(cc));
    json.add("bccRecipients", Recipient.toJson(bcc));
    return json;
  }

  private static List<Recipient> and(List<Recipient> some, String... addresses) {
    List<Recipient> more = new ArrayList<>(some);
    for (String address : addresses) {
      more.add(Recipient.of(address));
    }
    return List.copyOf(more);
  }

  /** Numbers alone: subjects and people are nobody's business in a log. */
  @Override
  public String toString() {
    return "NewMessage[to " + (to.size() + cc.size() + bcc.size()) + ", " + body + "]";
  }
}
