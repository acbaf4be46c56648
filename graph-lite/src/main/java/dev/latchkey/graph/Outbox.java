package dev.latchkey.graph;

import dev.latchkey.graph.internal.http.GraphHttp;
import dev.latchkey.graph.internal.mail.MailSending;
import dev.latchkey.graph.mail.NewMessage;
import dev.latchkey.graph.mail.SendJournal;
import java.time.Duration;

/**
 * Sends messages in such a way that a call may be repeated: a message with the same key is sent
 * once, however often and by whichever process it is requested. Thread-safe.
 *
 * <pre>{@code
 * Outbox outbox = graph.mail().outbox(SendJournal.in(directory));
 * outbox.send("invoice-2026-0042", message); // after any failure or crash, repeat this
 * }</pre>
 *
 * <p>A message is first a draft, whose immutable id is recorded in the journal. Only the recorded
 * draft is ever sent, and a message that is no longer a draft is not sent again. A call can break
 * off:
 *
 * <ul>
 *   <li>Before or while the draft is created: the next call finds the draft by the mark on it, or
 *       creates another one. A draft that is not in the journal remains a draft.
 *   <li>Between recording the draft and recording the attempt: the next call sends it.
 *   <li>While it is being sent, or before that is recorded: the next call checks. If it is no
 *       longer a draft, it was sent. Otherwise Graph may still be processing the request, or the
 *       message may be on its way from the drafts to the sent messages, so the call checks
 *       repeatedly until everything must have arrived ({@link #settle}). A message that is still a
 *       draft then is sent again; one that cannot be found was sent.
 *   <li>After that: the next call returns at once, without a request.
 * </ul>
 *
 * <p>This holds as long as the journal is kept and Graph carries out no request later than the
 * settling time after it was sent. A person who permanently deletes the draft while it is being
 * sent has stopped the message, although it counts as sent.
 *
 * @see <a
 *     href="https://learn.microsoft.com/graph/outlook-immutable-id#immutable-id-with-sending-mail">
 *     Immutable ID with sending mail</a>
 */
public final class Outbox {

  private static final Duration SETTLE = Duration.ofMinutes(2);

  private final GraphHttp http;
  private final SendJournal journal;
  private final Duration settle;

  Outbox(GraphHttp http, SendJournal journal) {
    this(http, journal, SETTLE);
  }

  private Outbox(GraphHttp http, SendJournal journal, Duration settle) {
    this.http = http;
    this.journal = journal;
    this.settle = settle;
  }

  /**
   * Sets how long Graph may still carry out a request to send after its response was lost. Graph's
   * gateways give up sooner than the default of 2 minutes; tests may choose less.
   *
   * @param time zero or more
   * @return an outbox with the same journal
   * @throws IllegalArgumentException if it is negative
   */
  public Outbox settle(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("the settling time must not be negative: " + time);
    }
    return new Outbox(http, journal, time);
  }

  /**
   * Sends a message unless it has been sent. Usually three requests. Blocks; after a lost response
   * for up to the settling time longer. Needs {@code Mail.ReadWrite} and {@code Mail.Send}.
   *
   * @param key the application's name for this message, the same for each call and different for
   *     every other message. Graph sees a digest of it
   * @param message the message; once a draft exists, the draft counts
   * @return the message's id. Until Graph has delivered the message, {@link Mailbox#get} may not
   *     find it
   * @throws dev.latchkey.graph.error.OutcomeUnknown if the response to the same step was lost
   *     twice: call again
   * @throws dev.latchkey.graph.error.GraphException as every call. Call again, except where the
   *     message itself is refused ({@link dev.latchkey.graph.error.RequestRefused})
   * @throws IllegalArgumentException if the key is empty
   * @throws IllegalStateException if the journal's entry is damaged, or if another account has
   *     begun the message and not finished it: only that account can find its draft. The cause is
   *     an {@link java.io.IOException}
   */
  public String send(String key, NewMessage message) {
    return new MailSending(http, journal, settle, key, message).run();
  }
}
