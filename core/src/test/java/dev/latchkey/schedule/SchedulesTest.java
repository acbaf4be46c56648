package dev.latchkey.schedule;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.slf4j.LoggerFactory;

/**
 * Whatever three processes do and meet: a refresh token is redeemed once unless an answer was lost,
 * nobody who signed out comes back, nobody gets the tokens of somebody else, and once the faults
 * stop, everybody goes on.
 */
class SchedulesTest {

  private static final Logger LIBRARY = (Logger) LoggerFactory.getLogger("dev.latchkey");

  /** Every fault is logged, which is not what this is about. */
  @BeforeContainer
  static void silence() {
    LIBRARY.setLevel(Level.OFF);
  }

  @AfterContainer
  static void unsilence() {
    LIBRARY.setLevel(null);
  }

  @Property(tries = 300)
  void sessionsSurviveEverySchedule(@ForAll("schedules") Schedule schedule) {
    new World(schedule).run();
  }

  @Tag("soak")
  @Property(tries = 10_000)
  void sessionsSurviveTenThousandSchedules(@ForAll("schedules") Schedule schedule) {
    new World(schedule).run();
  }

  @Provide
  Arbitrary<Schedule> schedules() {
    Arbitrary<List<Step>> steps = steps().list().ofMinSize(1).ofMaxSize(12);
    return Combinators.combine(
            Arbitraries.of(ModelServer.Reuse.class),
            Arbitraries.of(true, false),
            steps,
            steps,
            steps,
            Arbitraries.longs())
        .as(
            (reuse, idToken, first, second, third, seed) ->
                new Schedule(reuse, idToken, List.of(signedIn(first), second, third), seed));
  }

  private static List<Step> signedIn(List<Step> steps) {
    List<Step> all = new ArrayList<>();
    all.add(new Step(Step.Kind.SIGN_IN, Person.ADELE, 0));
    all.addAll(steps);
    return all;
  }

  private static Arbitrary<Step> steps() {
    Arbitrary<Person> persons =
        Arbitraries.of(
            Person.ADELE, Person.ADELE, Person.ADELE, Person.BRUNO, Person.ADELE_ELSEWHERE);
    return Combinators.combine(kinds(), persons, Arbitraries.integers().between(1, 12))
        .as(Step::new);
  }

  private static Arbitrary<Step.Kind> kinds() {
    List<Step.Kind> weighted = new ArrayList<>();
    for (Step.Kind kind : Step.Kind.values()) {
      int weight =
          switch (kind) {
            case GET -> 15;
            case EXPIRE -> 8;
            case SIGN_IN, SIGN_OUT, REPLACE, BECOME_DUE -> 3;
            default -> 1;
          };
      weighted.addAll(Collections.nCopies(weight, kind));
    }
    return Arbitraries.of(weighted);
  }
}
