package dev.latchkey.examples.mailer;

import dev.latchkey.graph.GraphClient;
import dev.latchkey.graph.Outbox;
import dev.latchkey.graph.mail.SendJournal;
import java.nio.file.Path;
import java.util.List;

/**
 * Sends many mails, each once. After a crash, a lost answer or a kill at any moment it is simply
 * run again with the same mails and the same journal.
 */
public final class SafeMailer {

  /** Hears of each mail that has been sent, now or before. */
  public interface Listener {
    /** This one has been sent; its id in the mailbox. */
    void sent(PlannedMail mail, String id);
  }

  private final Outbox outbox;

  /**
   * Sets one up.
   *
   * @param journal a directory where it is noted what has been sent; keep it as long as the mails
   *     may be asked for again
   */
  public SafeMailer(GraphClient graph, Path journal) {
    this(graph.mail().outbox(SendJournal.in(journal)));
  }

  SafeMailer(Outbox outbox) {
    this.outbox = outbox;
  }

  /** Sends those that have not been sent yet. What it throws, it throws before going on. */
  public void sendAll(List<PlannedMail> mails, Listener listener) {
    for (PlannedMail mail : mails) {
      listener.sent(mail, outbox.send(mail.key(), mail.message()));
    }
  }
}
