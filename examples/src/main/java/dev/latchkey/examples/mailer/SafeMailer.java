package dev.latchkey.examples.mailer;

import dev.latchkey.graph.GraphClient;
import dev.latchkey.graph.Outbox;
import dev.latchkey.graph.mail.SendJournal;
import java.nio.file.Path;
import java.util.List;

/**
 * Sends many mails, each once. After a crash, a lost answer or a kill at any moment, run it again
 * with the same mails and the same journal.
 */
public final class SafeMailer {

  /** Is told of each mail that has been sent, now or before. */
  public interface Listener {
    /** A mail has been sent; {@code id} is its id in the mailbox. */
    void sent(PlannedMail mail, String id);
  }

  private final Outbox outbox;

  /**
   * Creates a mailer; sends nothing yet.
   *
   * @param journal the directory that records what has been sent; keep it as long as the same mails
   *     may be passed again
   */
  public SafeMailer(GraphClient graph, Path journal) {
    this(graph.mail().outbox(SendJournal.in(journal)));
  }

  SafeMailer(Outbox outbox) {
    this.outbox = outbox;
  }

  /** Sends the mails that have not been sent yet. The first failure ends the run. */
  public void sendAll(List<PlannedMail> mails, Listener listener) {
    for (PlannedMail mail : mails) {
      listener.sent(mail, outbox.send(mail.key(), mail.message()));
    }
  }
}
