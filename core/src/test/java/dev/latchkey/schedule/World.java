package dev.latchkey.schedule;

import dev.latchkey.AccessToken;
import dev.latchkey.SignInResult;
import dev.latchkey.fixture.FakeTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One schedule: the processes, what they share, and what must be true when it is over. */
final class World {

  private static final int MAX_TRIES = 8;
  private static final Duration PAUSE = Duration.ofMinutes(2);
  private static final Duration LONG = Duration.ofHours(2);

  final FakeTime time = new FakeTime();
  final SharedRecords records = new SharedRecords();
  final Interleaving interleaving;
  final ModelServer server;
  final History history = new History(this);
  final List<String> told = new ArrayList<>();
  private final Map<String, SimulatedProcess> processes = new LinkedHashMap<>();

  World(Schedule schedule) {
    interleaving = new Interleaving(new Random(schedule.seed()));
    server = new ModelServer(time, schedule.reuse(), schedule.idTokenAtRefresh());
    for (int i = 0; i < schedule.processes().size(); i++) {
      start("process " + i, schedule.processes().get(i).iterator());
    }
  }

  void start(String name, Iterator<Step> steps) {
    SimulatedProcess process = new SimulatedProcess(name, this, steps);
    processes.put(name, process);
    interleaving.fork(process::run);
  }

  /** Runs the schedule and checks everything. */
  void run() {
    try {
      interleaving.run();
      check();
    } catch (Throwable e) {
      throw new AssertionError(e.getMessage() + ", after\n" + String.join("\n", told), e);
    }
  }

  private void check() {
    server.mend();
    processes.values().forEach(SimulatedProcess::mend);
    pass(LONG);
    for (Person person : history.accounts.keySet()) {
      checkSignedOut(person);
      checkProgress(person);
    }
  }

  /** Lets time pass until every retry that can succeed has succeeded. */
  private void pass(Duration duration) {
    for (int i = 0; i < MAX_TRIES; i++) {
      time.advance(duration.dividedBy(MAX_TRIES));
      for (SimulatedProcess process : processes.values()) {
        process.adopt();
        process.drain();
      }
    }
  }

  /** A sign-out that succeeded, with no sign-in after it, is final for all. */
  private void checkSignedOut(Person person) {
    if (history.lastSignOut(person) == null) {
      return;
    }
    checkGone(person);
  }

  private void checkGone(Person person) {
    if (records.read(history.account(person).id()) != null) {
      throw new AssertionError("the record of " + person + " is back");
    }
    for (SimulatedProcess process : processes.values()) {
      process.adopt();
      if (process.get(person) != null) {
        throw new AssertionError(process + " brought " + person + " back");
      }
    }
  }

  /** Everybody gets a token or has to sign in; who then signs in, gets tokens everywhere. */
  private void checkProgress(Person person) {
    for (SimulatedProcess process : processes.values()) {
      process.adopt();
      boolean must = history.isUndisturbed(person);
      if (tokenInTheEnd(process, person) == null && must && history.isUndisturbed(person)) {
        throw new AssertionError(process + " makes no progress with " + person);
      }
    }
    SimulatedProcess first = processes.values().iterator().next();
    first.adopt();
    SignInResult signedIn = first.signIn(person);
    if (signedIn == null || signedIn.storeFailure() != null) {
      throw new AssertionError(person + " cannot sign in");
    }
    int family = server.familyOf(signedIn.token().value()).number;
    pass(LONG);
    for (SimulatedProcess process : processes.values()) {
      process.adopt();
      AccessToken token = tokenInTheEnd(process, person);
      if (token == null || server.familyOf(token.value()).number != family) {
        throw new AssertionError(process + " has no part in the last sign-in of " + person);
      }
    }
    SimulatedProcess last = first;
    for (SimulatedProcess process : processes.values()) {
      last = process;
    }
    last.adopt();
    last.signOut(person);
    pass(LONG);
    checkGone(person);
  }

  private @Nullable AccessToken tokenInTheEnd(SimulatedProcess process, Person person) {
    AccessToken token = process.get(person);
    for (int i = 0; token == null && i < MAX_TRIES; i++) {
      time.advance(PAUSE);
      process.drain();
      token = process.get(person);
    }
    return token;
  }
}
