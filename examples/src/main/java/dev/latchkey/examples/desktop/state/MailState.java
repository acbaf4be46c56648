package dev.latchkey.examples.desktop.state;

import dev.latchkey.graph.mail.Message;
import org.jspecify.annotations.Nullable;

/**
 * The mail.
 *
 * @param draft the mail being sent, or the one that failed to send; null otherwise
 * @param key the name of that mail: as long as the person does not change it, each attempt has the
 *     same, and so it is sent once
 */
public record MailState(
    Listed<Message> listed, Submission submission, @Nullable Draft draft, @Nullable String key) {

  static final MailState EMPTY = new MailState(Listed.notAsked(), Submission.EMPTY, null, null);

  /** The name of a draft: that of an earlier attempt with the same words, or else a new one. */
  public String keyOf(Draft written, String fresh) {
    return key != null && written.equals(draft) ? key : fresh;
  }

  MailState listing(Listed<Message> changed) {
    return new MailState(changed, submission, draft, key);
  }

  MailState sending(Draft written, String name) {
    return new MailState(listed, submission.busy("Sending…"), written, name);
  }

  MailState sent(String note) {
    return new MailState(listed, submission.done(note), null, null);
  }

  MailState failed(String why) {
    return new MailState(listed, submission.failed(why), draft, key);
  }
}
