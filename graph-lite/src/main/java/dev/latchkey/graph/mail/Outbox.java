package dev.latchkey.graph.mail;

import dev.latchkey.graph.http.GraphHttp;
import java.time.Duration;

/**
 * Sends mail so that sending may be repeated: with the same key a mail is sent once, however often
 * it is asked for, by whichever process. Thread-safe.
 *
 * <pre>{@code
 * Outbox outbox = graph.mail().outbox(SendJournal.in(directory));
 * outbox.send("invoice-2026-0042", message); // after any failure or crash: the same again
 * }</pre>
 *
 * <p>A mail is first a draft, whose id does not change and is noted in the journal; only the noted
 * draft is ever sent, and what is no draft any more is not sent again. Where it can break off:
 *
 * <ul>
 *   <li>Before or while the draft is made: the next call finds the draft by a mark that it bears,
 *       or makes another one. A draft that is not in the journal stays a draft.
 *   <li>Between noting the draft and noting the attempt: the next call sends it.
 *   <li>While it is being sent, or before that is noted: the next call looks. No draft any more: it
 *       was sent. Otherwise the request may be under way within Graph, or the mail between the
 *       drafts and the sent ones, so the call looks again and again until all must have arrived
 *       ({@link #settle}). What is a draft even then is sent again; what is not to be found was
 *       sent.
 *   <li>After that: the next call returns at once, without a request.
 * </ul>
 *
 * <p>This holds as long as the journal is kept, and Graph carries out no request later than the
 * settling time after it was sent. A person who removes the draft for good while it is being sent
 * has stopped the mail, though it counts as sent.
 *
 * @see <a
 *     href="https://learn.microsoft.com/graph/outlook-immutable-id#immutable-id-with-sending-mail">
 *     Immutable ID with sending mail</a>
 */
public final class Outbox {

  private static final Duration SETTLE = Duration.ofMinutes(2);

  private final GraphHttp http;
  private final Mailbox mailbox;
  private final SendJournal journal;
  private final Duration settle;

  Outbox(GraphHttp http, Mailbox mailbox, SendJournal journal) {
    this(http, mailbox, journal, SETTLE);
  }

  private Outbox(GraphHttp http, Mailbox mailbox, SendJournal journal, Duration settle) {
    this.http = http;
    this.mailbox = mailbox;
    this.journal = journal;
    this.settle = settle;
  }

  /**
   * How long after a request to send was lost it may still be carried out. Graph's gateways give up
   * sooner than the default of 2 minutes; tests may choose less.
   *
   * @param time zero or more
   * @return an outbox on the same journal
   * @throws IllegalArgumentException if it is negative
   */
  public Outbox settle(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("the settling time must not be negative: " + time);
    }
    return new Outbox(http, mailbox, journal, time);
  }

  /**
   * Sends a mail unless it was sent before. Three requests as a rule. Blocks, after a lost answer
   * for up to the settling time more. Needs {@code Mail.ReadWrite} and {@code Mail.Send}.
   *
   * @param key the application's name for this mail, the same each time it is asked for; no other
   *     mail has it. Graph sees a digest of it
   * @param message the mail; once it is drafted, the draft is what counts
   * @return the mail's id. Until Graph has delivered the mail there may be {@linkplain Mailbox#get
   *     nothing to be found} under it
   * @throws dev.latchkey.graph.error.OutcomeUnknown if the answer to the same step was lost twice:
   *     call again
   * @throws dev.latchkey.graph.error.GraphException as every call. Unless it is about the mail
   *     itself ({@link dev.latchkey.graph.error.RequestRefused}): call again
   * @throws IllegalArgumentException if the key is empty
   * @throws IllegalStateException if the journal's entry is damaged; the cause is an {@link
   *     java.io.IOException}
   */
  public String send(String key, NewMessage message) {
    return new Sending(http, mailbox, journal, settle, key, message).run();
  }
}
