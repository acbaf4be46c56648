package dev.latchkey.swing;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import dev.latchkey.swing.fixture.SwingClasses;
import java.awt.Color;
import org.junit.jupiter.api.Test;

/**
 * Keeps the dependencies pointing one way: the dialog knows its flow and its window, these know the
 * state, and the state knows neither windows nor clients nor clocks.
 */
class ArchitectureTest {

  private static final String ROOT = "dev.latchkey.swing";
  private static final String STATE = ROOT + ".internal.state";
  private static final String TEXT = ROOT + ".internal.text";
  private static final String FLOW = ROOT + ".internal.flow";
  private static final String VIEW = ROOT + ".internal.view";

  @Test
  void swingKnowsOnlyTheJdkCoreAndZxing() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideOutsideOfPackages(
                ROOT + "..",
                "dev.latchkey",
                "dev.latchkey.error",
                "java..",
                "javax..",
                "com.google.zxing..",
                "org.jspecify.."))
        .check(SwingClasses.ALL);
  }

  @Test
  void eachRoomKnowsOnlyThoseBelowIt() {
    onlyOurs(STATE);
    onlyOurs(TEXT);
    onlyOurs(FLOW, STATE);
    onlyOurs(VIEW, FLOW, STATE, TEXT);
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(SwingClasses.ALL);
  }

  /** So that every path through it can be tested without a screen. */
  @Test
  void onlyTheFaceAndTheViewKnowWindows() {
    noClasses()
        .that()
        .resideInAnyPackage(STATE, TEXT, FLOW)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.awt..", "javax.swing..", "com.google.zxing..")
        .check(SwingClasses.ALL);
  }

  @Test
  void stateReadsNoClockAndCallsNoClient() {
    noClasses()
        .that()
        .resideInAPackage(STATE)
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("dev.latchkey.PublicClient")
        .check(SwingClasses.ALL);
  }

  /** A QR code is black on white; all other colours are the look and feel's. */
  @Test
  void coloursComeFromTheLookAndFeel() {
    noClasses()
        .that()
        .haveNameNotMatching(".*\\.QrIcon")
        .should()
        .callConstructor(Color.class, int.class, int.class, int.class)
        .orShould()
        .callConstructor(Color.class, int.class)
        .orShould()
        .accessField(Color.class, "RED")
        .orShould()
        .accessField(Color.class, "BLACK")
        .orShould()
        .accessField(Color.class, "WHITE")
        .orShould()
        .accessField(Color.class, "GRAY")
        .check(SwingClasses.ALL);
  }

  @Test
  void simpleNamesAreUnique() {
    assertThat(
            SwingClasses.ALL.stream()
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
        .check(SwingClasses.ALL);
  }
}
