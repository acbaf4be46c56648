package dev.latchkey.graph.internal.mail;

import com.google.gson.JsonObject;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.graph.error.Conflict;
import dev.latchkey.graph.error.GraphException;
import dev.latchkey.graph.error.GraphThrottled;
import dev.latchkey.graph.error.GraphUnavailable;
import dev.latchkey.graph.error.MalformedAnswer;
import dev.latchkey.graph.error.NotFound;
import dev.latchkey.graph.error.OutcomeUnknown;
import dev.latchkey.graph.error.RequestRefused;
import dev.latchkey.graph.internal.http.GraphHttp;
import dev.latchkey.graph.internal.http.GraphResponse;
import dev.latchkey.graph.internal.http.PageIterator;
import dev.latchkey.graph.internal.http.Retries;
import dev.latchkey.graph.internal.json.GraphJson;
import dev.latchkey.graph.mail.NewMessage;
import dev.latchkey.graph.mail.SendJournal;
import dev.latchkey.internal.json.Json;
import dev.latchkey.internal.time.ExponentialDelay;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One message on its way through the outbox. Each round reads the journal and takes the one step
 * that its entry allows; a later call, in this process or another, continues from there. Used once,
 * by one thread.
 */
public final class MailSending {

  /** The pauses between looks at a message that may still be on its way. */
  private static final ExponentialDelay LOOKS =
      new ExponentialDelay(Duration.ofSeconds(2), Duration.ofSeconds(15));

  private static final int MAX_LOST_RESPONSES = 2;
  private static final int MAX_LOST_DRAFTS = 3;

  private final GraphHttp http;
  private final MailCalls calls;
  private final SendJournal journal;
  private final Duration settle;
  private final String key;
  private final String mailbox;
  private final SendKey mark;
  private final NewMessage message;
  private final Retries retries;

  /** Thrown before a request leaves if another process is about to send its draft. */
  private final RuntimeException overtaken = new IllegalStateException("overtaken");

  private int lostResponses;
  private int lostDrafts;
  private @Nullable String attempting;
  private @Nullable String fresh;
  private @Nullable Instant awaited;
  private long awaitedSince;
  private Duration pause = LOOKS.first();

  public MailSending(
      GraphHttp http, SendJournal journal, Duration settle, String key, NewMessage message) {
    this.http = http;
    this.calls = new MailCalls(http);
    this.journal = journal;
    this.settle = settle;
    this.key = key;
    this.mailbox = JournalEntry.mailbox(http.config().tokens().account());
    this.mark = SendKey.of(key);
    this.message = message;
    this.retries = new Retries(http.config().retryPolicy(), http.config().time());
  }

  public String run() {
    while (true) {
      String noted = journal.read(key);
      if (noted == null) {
        draft(null);
        continue;
      }
      JournalEntry entry = JournalEntry.read(noted);
      if (entry.sent()) {
        return entry.draftId();
      }
      entry.requireIn(mailbox);
      // Computed before the look: a draft seen earlier may have been sent since.
      Duration left = unsettled(entry);
      Boolean isDraft = isDraft(entry);
      if (Boolean.FALSE.equals(isDraft)) {
        note(noted, entry.asSent());
      } else if (!left.isZero()) {
        pause(left);
      } else if (isDraft != null) {
        attempt(noted, entry);
      } else if (entry.attempted() != null) {
        note(noted, entry.asSent());
      } else {
        // Deleted before it was sent: a new draft cannot become a second message.
        draft(noted);
      }
    }
  }

  private void pause(Duration left) {
    http.pause(pause.compareTo(left) < 0 ? pause : left);
    pause = LOOKS.after(pause);
  }

  private boolean note(@Nullable String expected, JournalEntry entry) {
    return journal.replace(key, expected, entry.text());
  }

  /**
   * Finds or creates the draft and records it. A second draft is clutter, never a second message.
   */
  private void draft(@Nullable String noted) {
    try {
      JournalEntry entry = noted == null ? marked() : null;
      if (entry == null) {
        JsonObject json = message.toJson();
        mark.writeOn(json);
        GraphResponse response = http.send(calls.createDraft(json));
        entry =
            JournalEntry.drafted(response.read(draft -> Json.requiredString(draft, "id")), mailbox);
        fresh = entry.draftId();
      }
      if (note(noted, entry)) {
        lostResponses = 0;
      } else {
        discardFresh();
      }
    } catch (OutcomeUnknown e) {
      lost(e);
      http.pause(LOOKS.first());
    }
  }

  /** Another process recorded a draft first: deletes this one unless it is the same. */
  private void discardFresh() {
    String draft = fresh;
    String noted = journal.read(key);
    fresh = null;
    if (draft == null || noted == null || JournalEntry.read(noted).draftId().equals(draft)) {
      return;
    }
    try {
      http.send(calls.deleteDraft(draft));
    } catch (GraphException e) {
      // It remains a draft.
    }
  }

  /** The message with the mark, preferably a sent one; null if there is none. */
  private @Nullable JournalEntry marked() {
    JournalEntry draft = null;
    Iterator<JournalEntry> found = new PageIterator<>(http, calls.list(mark.query()), this::marked);
    while (found.hasNext()) {
      JournalEntry entry = found.next();
      if (entry.sent()) {
        return entry;
      }
      draft = entry.draftId().isEmpty() ? draft : entry;
    }
    return draft;
  }

  /** An entry for a message that was found; without an id if it does not bear the mark. */
  private JournalEntry marked(JsonObject json) {
    if (!mark.isOn(json)) {
      return JournalEntry.drafted("", mailbox);
    }
    JournalEntry draft = JournalEntry.drafted(Json.requiredString(json, "id"), mailbox);
    return Boolean.FALSE.equals(GraphJson.flag(json, "isDraft")) ? draft.asSent() : draft;
  }

  /**
   * Whether it is still a draft; null if it is neither among the drafts nor, yet, among the sent
   * messages.
   */
  private @Nullable Boolean isDraft(JournalEntry entry) {
    if (entry.draftId().equals(fresh) && entry.attempted() == null) {
      // Just created and not sent by anybody; Graph may not find it yet.
      return true;
    }
    try {
      GraphResponse response = http.send(calls.getDraftState(entry.draftId()));
      Boolean draft = response.read(json -> GraphJson.flag(json, "isDraft"));
      if (draft == null) {
        throw response.malformed("no \"isDraft\"");
      }
      return draft;
    } catch (NotFound e) {
      return null;
    }
  }

  /** How long a request that was sent earlier may still be in progress; zero if none was. */
  private Duration unsettled(JournalEntry entry) {
    Instant attempted = entry.attempted();
    if (attempted == null) {
      return Duration.ZERO;
    }
    if (!Objects.equals(attempted, awaited)) {
      awaited = attempted;
      awaitedSince = http.config().time().nanos();
      pause = LOOKS.first();
    }
    // By both clocks: the wall clock may have been set back, and the other one belongs to this
    // process alone.
    Duration byWall = settle.minus(Duration.between(attempted, now()));
    Duration byOwn = settle.minusNanos(http.config().time().nanos() - awaitedSince);
    Duration left = byWall.compareTo(byOwn) < 0 ? byWall : byOwn;
    return left.isNegative() ? Duration.ZERO : left;
  }

  private void attempt(String noted, JournalEntry entry) {
    attempting = noted;
    try {
      http.sendOnce(calls.send(entry.draftId()), () -> depart(entry))
          .requireNothing(MailCalls.ACCEPTED);
      note(attempting, entry.asSent());
    } catch (IllegalStateException e) {
      if (e != overtaken) {
        throw e;
      }
    } catch (OutcomeUnknown | MalformedAnswer e) {
      lost(e);
    } catch (NotFound | Conflict | RequestRefused e) {
      note(attempting, entry);
      fresh = null;
      Boolean isDraft = isDraft(entry);
      if (isDraft == null) { // or not found yet
        lostDrafts++;
        http.pause(LOOKS.first());
      }
      if (Boolean.TRUE.equals(isDraft) || lostDrafts == MAX_LOST_DRAFTS) {
        throw e;
      }
    } catch (GraphException | LatchkeyException e) {
      // Certainly not carried out: nobody has to wait until it may have been.
      note(attempting, entry);
      // After this pause another process may have sent it.
      if (e instanceof GraphThrottled busy) {
        retries.afterFailure(busy);
      } else if (e instanceof GraphUnavailable down
          && (down.status() == 0 || down.retryAfter() != null)) {
        retries.afterFailure(down);
      } else {
        throw e;
      }
    }
  }

  /** Records that the request to send leaves now, so that nobody else sends it. */
  private void depart(JournalEntry entry) {
    JournalEntry leaving = entry.attemptedAt(now());
    if (!note(attempting, leaving)) {
      throw overtaken;
    }
    attempting = leaving.text();
  }

  private void lost(GraphException response) {
    lostResponses++;
    if (lostResponses == MAX_LOST_RESPONSES) {
      throw response;
    }
  }

  private Instant now() {
    return Instant.ofEpochMilli(http.config().time().wallMillis());
  }
}
