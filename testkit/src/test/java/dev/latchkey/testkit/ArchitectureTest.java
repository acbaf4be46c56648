package dev.latchkey.testkit;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import dev.latchkey.testkit.fixture.TestkitClasses;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Keeps the dependencies between the rooms pointing one way. */
class ArchitectureTest {

  private static final String ROOT = "dev.latchkey.testkit";
  private static final String ROOMS = ROOT + ".internal.";

  /** The values of the face that every room may know. */
  private static final Set<String> VALUES =
      Set.of(
          ROOT + ".Endpoint",
          ROOT + ".OAuthFailure",
          ROOT + ".RecordedRequest",
          ROOT + ".Rotation",
          ROOT + ".TestApp",
          ROOT + ".TestUser");

  /** Each room, and the rooms that it may use. */
  private static final Map<String, List<String>> ARROWS =
      Map.ofEntries(
          Map.entry("http", List.of()),
          Map.entry("grant", List.of("http")),
          Map.entry("page", List.of("http", "grant")),
          Map.entry("oauth", List.of("http", "grant", "page")),
          Map.entry("graph.call", List.of("http")),
          Map.entry("graph.team", List.of("http", "graph.call")),
          Map.entry("graph.planner", List.of("http", "graph.call", "graph.team")),
          Map.entry("graph.mail", List.of("http", "graph.call")),
          Map.entry("graph.drive", List.of("http", "graph.call", "graph.team")),
          Map.entry("graph.file", List.of("http", "graph.call", "graph.drive")),
          Map.entry("graph", List.of("http", "grant", "oauth", "graph.*")));

  @Test
  void eachRoomUsesOnlyTheRoomsBelowIt() {
    ARROWS.forEach(
        (room, others) ->
            noClasses()
                .that()
                .resideInAPackage(ROOMS + room)
                .should()
                .dependOnClassesThat(
                    resideInAPackage(ROOMS + ".").and(DescribedPredicate.not(rooms(room, others))))
                .check(TestkitClasses.ALL));
  }

  private static DescribedPredicate<JavaClass> rooms(String room, List<String> others) {
    return resideInAPackage(ROOMS + room)
        .or(resideInAnyPackage(others.stream().map(other -> ROOMS + other).toArray(String[]::new)));
  }

  @Test
  void everyRoomIsOnThePlan() {
    assertThat(TestkitClasses.ALL)
        .extracting(JavaClass::getPackageName)
        .filteredOn(name -> name.startsWith(ROOMS))
        .allMatch(name -> ARROWS.containsKey(name.substring(ROOMS.length())));
  }

  @Test
  void roomsKnowOfTheFaceOnlyItsValues() {
    noClasses()
        .that()
        .resideInAPackage(ROOMS + ".")
        .should()
        .dependOnClassesThat(
            resideInAPackage(ROOT)
                .and(
                    DescribedPredicate.describe(
                        "are not values", type -> !VALUES.contains(type.getName()))))
        .check(TestkitClasses.ALL);
  }

  @Test
  void contractKnowsNoServer() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".contract")
        .should()
        .dependOnClassesThat(resideInAnyPackage(ROOT, ROOMS + "."))
        .check(TestkitClasses.ALL);
  }

  @Test
  void graphBelowItsTopKnowsNoAuthorizationServer() {
    noClasses()
        .that()
        .resideInAPackage(ROOMS + "graph.(*)")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT, ROOMS + "grant", ROOMS + "oauth", ROOMS + "page")
        .check(TestkitClasses.ALL);
  }

  @Test
  void roomsFormNoCycle() {
    slices().matching(ROOMS + "(**)").should().beFreeOfCycles().check(TestkitClasses.ALL);
  }

  @Test
  void onlyTheClockAndTheContractsStopwatchReadTheMachinesTime() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(ROOMS + "http.MovableClock")
        .and()
        .doNotHaveFullyQualifiedName(ROOT + ".contract.Stopwatch")
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .check(TestkitClasses.ALL);
  }

  @Test
  void noRoomIsACrowdAndNoNameStandsTwice() {
    var named = TestkitClasses.ALL.stream().filter(type -> !type.isAnonymousClass()).toList();

    assertThat(
            named.stream()
                .filter(JavaClass::isTopLevelClass)
                .collect(groupingBy(JavaClass::getPackageName))
                .values())
        .allMatch(room -> room.size() <= 21);
    assertThat(
            named.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .map(JavaClass::getSimpleName))
        .doesNotHaveDuplicates();
  }
}
