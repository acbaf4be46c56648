package dev.latchkey.schedule;

import dev.latchkey.Account;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.TokenStoreFailure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What happened to each account, and what may therefore be expected. */
final class History {

  enum Kind {
    SIGN_IN,
    SIGN_OUT
  }

  /** A sign-in or sign-out, which takes time. */
  final class Event {
    final Kind kind;
    final Person person;
    final SimulatedProcess process;
    final int begun = clock++;
    int ended = Integer.MAX_VALUE;
    boolean ok;

    Event(Kind kind, Person person, SimulatedProcess process) {
      this.kind = kind;
      this.person = person;
      this.process = process;
    }

    void end(boolean well) {
      ended = clock++;
      ok = well;
    }
  }

  final Map<Person, Account> accounts = new EnumMap<>(Person.class);
  boolean serverFaults;
  boolean storeFaults;
  private final World world;
  private final List<Event> events = new ArrayList<>();
  private final Set<Person> revoked = EnumSet.noneOf(Person.class);
  private final Set<Person> inDoubt = EnumSet.noneOf(Person.class);
  private int clock;

  History(World world) {
    this.world = world;
  }

  /** The account of a person who has signed in. */
  Account account(Person person) {
    Account account = accounts.get(person);
    if (account == null) {
      throw new AssertionError(person + " has never signed in");
    }
    return account;
  }

  Event begin(Kind kind, Person person, SimulatedProcess process) {
    Event event = new Event(kind, person, process);
    events.add(event);
    return event;
  }

  /** Drops a sign-in that nobody finished. */
  void forget(Event event) {
    events.remove(event);
  }

  void revoked(Person person) {
    revoked.add(person);
  }

  void doubt(Person person) {
    inDoubt.add(person);
  }

  /** Whether a person signed in well, and nothing has happened since that may end the session. */
  boolean isUndisturbed(Person person) {
    boolean signedIn = false;
    for (Event event : events) {
      if (event.person == person) {
        if (event.kind == Kind.SIGN_OUT || !event.ok) {
          return false;
        }
        signedIn = true;
      }
    }
    return signedIn
        && !revoked.contains(person)
        && !inDoubt.contains(person)
        && !world.server.isInDoubt(person);
  }

  /** Whether a failure is one that somebody's fault explains. */
  void judge(
      SimulatedProcess process, Person person, LatchkeyException failure, boolean mustSucceed) {
    boolean explained;
    if (failure instanceof SignInRequired) {
      explained = !(mustSucceed && isUndisturbed(person));
    } else if (failure instanceof TokenStoreFailure) {
      explained = storeFaults;
    } else {
      boolean temporary =
          failure instanceof ServiceUnavailable || failure instanceof InvalidResponse;
      explained = temporary && serverFaults;
    }
    if (!explained) {
      throw new AssertionError(process + " failed for " + person + " without a reason", failure);
    }
  }

  /**
   * The last sign-out of a person, if it was carried out and no sign-in may have come later; null
   * otherwise.
   */
  @Nullable Event lastSignOut(Person person) {
    Event last = null;
    for (Event event : events) {
      if (event.person == person && event.kind == Kind.SIGN_OUT && event.ok) {
        last = event;
      }
    }
    for (Event event : events) {
      if (last != null
          && event.person == person
          && event.kind == Kind.SIGN_IN
          && (event.ended > last.begun || !event.ok)) {
        return null;
      }
    }
    return inDoubt.contains(person) ? null : last;
  }
}
