package dev.latchkey.graph;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import dev.latchkey.graph.fixture.GraphClasses;
import org.junit.jupiter.api.Test;

/**
 * Keeps the dependencies of graph-lite pointing one way: the endpoints know the rooms that do the
 * work, the rooms know the values that a caller sees, and nothing knows the endpoints.
 */
class ArchitectureTest {

  private static final String ROOT = "dev.latchkey.graph";
  private static final String ERROR = ROOT + ".error";
  private static final String HTTP = ROOT + ".internal.http";
  private static final String JSON = ROOT + ".internal.json";

  @Test
  void graphLiteKnowsOnlyTheJdkGsonSlf4jAndCore() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideOutsideOfPackages(
                "dev.latchkey..", "java..", "com.google.gson..", "org.slf4j..", "org.jspecify.."))
        .check(GraphClasses.ALL);
  }

  @Test
  void ofCoreOnlyWhatItExportsIsUsed() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("dev.latchkey..")
                .and(not(resideInAnyPackage(ROOT + "..")))
                .and(
                    resideOutsideOfPackages(
                        "dev.latchkey",
                        "dev.latchkey.error",
                        "dev.latchkey.store",
                        "dev.latchkey.internal.file",
                        "dev.latchkey.internal.http",
                        "dev.latchkey.internal.json",
                        "dev.latchkey.internal.text",
                        "dev.latchkey.internal.time")))
        .check(GraphClasses.ALL);
  }

  @Test
  void nothingKnowsTheEndpoints() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT)
        .check(GraphClasses.ALL);
  }

  @Test
  void roomsFormNoCycle() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(GraphClasses.ALL);
  }

  @Test
  void eachRoomKnowsOnlyThoseBelowIt() {
    onlyOurs(ERROR);
    onlyOurs(JSON);
    onlyOurs(HTTP, ERROR, JSON);
    onlyOurs(ROOT + ".drive", HTTP, JSON);
    onlyOurs(ROOT + ".mail", HTTP, JSON);
    onlyOurs(ROOT + ".planner", JSON);
    onlyOurs(ROOT + ".teams", ROOT + ".mail", JSON);
    onlyOurs(ROOT + ".batch", ERROR);
    onlyOurs(ROOT + ".internal.transfer", ROOT + ".drive", ERROR, HTTP, JSON);
    onlyOurs(ROOT + ".internal.mail", ROOT + ".mail", ERROR, HTTP, JSON);
    onlyOurs(ROOT + ".internal.batch", ROOT + ".batch", ERROR, HTTP, JSON);
  }

  @Test
  void simpleNamesAreUnique() {
    assertThat(
            GraphClasses.ALL.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().endsWith("-info"))
                .map(JavaClass::getSimpleName))
        .doesNotHaveDuplicates();
  }

  /** Of our own packages, the first may use only itself and the others named. */
  private static void onlyOurs(String aPackage, String... others) {
    noClasses()
        .that()
        .resideInAPackage(aPackage)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(ROOT + "..")
                .and(not(resideInAnyPackage(aPackage)))
                .and(not(resideInAnyPackage(others))))
        .check(GraphClasses.ALL);
  }
}
