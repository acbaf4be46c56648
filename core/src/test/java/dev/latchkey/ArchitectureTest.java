package dev.latchkey;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import dev.latchkey.fixture.CoreClasses;
import org.junit.jupiter.api.Test;

/** Keeps the dependencies of core pointing one way. */
class ArchitectureTest {
  @Test
  void coreKnowsOnlyTheJdkGsonSlf4jAndAnnotations() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideOutsideOfPackages(
                "dev.latchkey..",
                "java..",
                "javax..",
                "com.google.gson..",
                "org.slf4j..",
                "org.jspecify..",
                "com.google.errorprone.annotations.."))
        .check(CoreClasses.ALL);
  }

  @Test
  void coreKnowsNoOtherModule() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.latchkey.keyring..",
            "dev.latchkey.graph..",
            "dev.latchkey.testkit..",
            "dev.latchkey.examples..")
        .check(CoreClasses.ALL);
  }

  @Test
  void errorsDependOnNothingOfOurs() {
    onlyOurs("dev.latchkey.error");
  }

  @Test
  void storesDependOnErrorsFilesAndLocksAtMost() {
    onlyOurs(
        "dev.latchkey.store",
        "dev.latchkey.error",
        "dev.latchkey.internal.concurrent",
        "dev.latchkey.internal.file",
        "dev.latchkey.internal.time");
  }

  @Test
  void oauthHttpAndJsonDoNotKnowTheClient() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.latchkey.internal.http",
            "dev.latchkey.internal.json",
            "dev.latchkey.internal.time",
            "dev.latchkey.internal.file")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.latchkey")
        .check(CoreClasses.ALL);
  }

  @Test
  void roomsFormNoCycle() {
    slices().matching("dev.latchkey.internal.(*)").should().beFreeOfCycles().check(CoreClasses.ALL);
  }

  /** Of our own packages, the first one uses itself and the others named, and no more. */
  private static void onlyOurs(String aPackage, String... others) {
    noClasses()
        .that()
        .resideInAPackage(aPackage)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("dev.latchkey..")
                .and(not(resideInAnyPackage(aPackage)))
                .and(not(resideInAnyPackage(others))))
        .check(CoreClasses.ALL);
  }
}
