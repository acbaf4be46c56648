package dev.latchkey.graph.mail;

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
import dev.latchkey.graph.http.Answer;
import dev.latchkey.graph.http.GraphHttp;
import dev.latchkey.graph.http.Members;
import dev.latchkey.graph.http.Pages;
import dev.latchkey.graph.http.Patience;
import dev.latchkey.internal.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One mail on its way through the outbox. Each turn reads the journal and does the one thing that
 * its entry allows; whoever comes later, in this process or another, goes on from there. Used once,
 * by one thread.
 */
final class Sending {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
  private static final int MOST_LOST_ANSWERS = 2;
  private static final int MOST_LOST_DRAFTS = 3;

  private final GraphHttp http;
  private final Mailbox mailbox;
  private final SendJournal journal;
  private final Duration settle;
  private final String key;
  private final SendKey mark;
  private final NewMessage message;
  private final Patience patience;

  /** Thrown before a request leaves whose draft another process is about to send. */
  private final RuntimeException overtaken = new IllegalStateException("overtaken");

  private int lostAnswers;
  private int lostDrafts;
  private @Nullable String attempting;
  private @Nullable String fresh;
  private @Nullable Instant awaited;
  private long awaitedSince;
  private Duration pause = FIRST_PAUSE;

  Sending(
      GraphHttp http,
      Mailbox mailbox,
      SendJournal journal,
      Duration settle,
      String key,
      NewMessage message) {
    this.http = http;
    this.mailbox = mailbox;
    this.journal = journal;
    this.settle = settle;
    this.key = key;
    this.mark = SendKey.of(key);
    this.message = message;
    this.patience = new Patience(http, true);
  }

  String run() {
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
      // Before the look: a draft that was seen earlier may have been sent since.
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
        // Somebody removed it before it was sent: a new one cannot be the second.
        draft(noted);
      }
    }
  }

  private void pause(Duration left) {
    http.pause(pause.compareTo(left) < 0 ? pause : left);
    Duration longer = pause.multipliedBy(2);
    pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
  }

  private boolean note(@Nullable String expected, JournalEntry entry) {
    return journal.replace(key, expected, entry.text());
  }

  /** Finds or makes the draft, and notes it. Making it twice is clutter, never a second mail. */
  private void draft(@Nullable String noted) {
    try {
      JournalEntry entry = noted == null ? marked() : null;
      if (entry == null) {
        JsonObject json = message.toJson();
        mark.writeOn(json);
        Answer answer = http.send(mailbox.drafting(json));
        entry = JournalEntry.drafted(answer.read(draft -> Json.requiredString(draft, "id")));
        fresh = entry.draftId();
      }
      if (note(noted, entry)) {
        lostAnswers = 0;
      } else {
        discardFresh();
      }
    } catch (OutcomeUnknown e) {
      lost(e);
      http.pause(FIRST_PAUSE);
    }
  }

  /** Another process noted a draft first: removes this one's, unless it is that very draft. */
  private void discardFresh() {
    String draft = fresh;
    String noted = journal.read(key);
    fresh = null;
    if (draft == null || noted == null || JournalEntry.read(noted).draftId().equals(draft)) {
      return;
    }
    try {
      http.send(mailbox.discarding(draft));
    } catch (GraphException e) {
      // It stays among the drafts.
    }
  }

  /** The mail with the mark, a sent one before a draft; null if there is none. */
  private @Nullable JournalEntry marked() {
    JournalEntry draft = null;
    for (JournalEntry entry : new Pages<>(http, mailbox.listing(mark.query()), this::marked)) {
      if (entry.sent()) {
        return entry;
      }
      draft = entry.draftId().isEmpty() ? draft : entry;
    }
    return draft;
  }

  /** An entry for a mail that was found; without an id if it does not have the mark. */
  private JournalEntry marked(JsonObject json) {
    if (!mark.isOn(json)) {
      return JournalEntry.drafted("");
    }
    JournalEntry draft = JournalEntry.drafted(Json.requiredString(json, "id"));
    return Boolean.FALSE.equals(Members.flag(json, "isDraft")) ? draft.asSent() : draft;
  }

  /**
   * Whether it still is a draft; null if it is neither among the drafts nor, yet, the sent ones.
   */
  private @Nullable Boolean isDraft(JournalEntry entry) {
    if (entry.draftId().equals(fresh) && entry.attempted() == null) {
      // Just made, and sent by nobody; Graph may not find it yet.
      return true;
    }
    try {
      Answer answer = http.send(mailbox.look(entry.draftId()));
      Boolean draft = answer.read(json -> Members.flag(json, "isDraft"));
      if (draft == null) {
        throw answer.malformed("no \"isDraft\"");
      }
      return draft;
    } catch (NotFound e) {
      return null;
    }
  }

  /** How long a request that was sent earlier may still be under way; zero if none is. */
  private Duration unsettled(JournalEntry entry) {
    Instant attempted = entry.attempted();
    if (attempted == null) {
      return Duration.ZERO;
    }
    if (!Objects.equals(attempted, awaited)) {
      awaited = attempted;
      awaitedSince = http.settings().time().nanos();
      pause = FIRST_PAUSE;
    }
    // By both clocks: the wall clock may have been set back, the other one is this process's own.
    Duration byWall = settle.minus(Duration.between(attempted, now()));
    Duration byOwn = settle.minusNanos(http.settings().time().nanos() - awaitedSince);
    Duration left = byWall.compareTo(byOwn) < 0 ? byWall : byOwn;
    return left.isNegative() ? Duration.ZERO : left;
  }

  private void attempt(String noted, JournalEntry entry) {
    attempting = noted;
    try {
      http.sendOnce(mailbox.sending(entry.draftId()), () -> depart(entry));
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
      if (isDraft == null) { // or not to be found yet
        lostDrafts++;
        http.pause(FIRST_PAUSE);
      }
      if (Boolean.TRUE.equals(isDraft) || lostDrafts == MOST_LOST_DRAFTS) {
        throw e;
      }
    } catch (GraphException | LatchkeyException e) {
      // Certainly not carried out: nobody need wait until it may have been.
      note(attempting, entry);
      // And by the time that this one has waited, another process may have sent it.
      if (e instanceof GraphThrottled busy) {
        patience.afterFailure(busy);
      } else if (e instanceof GraphUnavailable down
          && (down.status() == 0 || down.retryAfter() != null)) {
        patience.afterFailure(down);
      } else {
        throw e;
      }
    }
  }

  /** Notes that the request to send leaves now, and that nobody else sends it. */
  private void depart(JournalEntry entry) {
    JournalEntry leaving = entry.attemptedAt(now());
    if (!note(attempting, leaving)) {
      throw overtaken;
    }
    attempting = leaving.text();
  }

  private void lost(GraphException answer) {
    lostAnswers++;
    if (lostAnswers == MOST_LOST_ANSWERS) {
      throw answer;
    }
  }

  private Instant now() {
    return Instant.ofEpochMilli(http.settings().time().wallMillis());
  }
}
