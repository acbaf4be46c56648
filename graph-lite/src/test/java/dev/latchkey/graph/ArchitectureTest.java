package dev.latchkey.graph;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.MethodCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import dev.latchkey.graph.fixture.GraphClasses;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
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

  /**
   * Core's {@code OwnerOnlyFile} opens what this module writes and reads back. Only the source of
   * an upload is a file of the application.
   */
  @Test
  void filesAreOpenedInOnePlace() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(ROOT + ".internal.transfer.SourceFile")
        .should()
        .callMethodWhere(describe("opens a file", call -> opensAFile(call.getTarget())))
        .orShould()
        .dependOnClassesThat(
            belongToAnyOf(FileInputStream.class, FileOutputStream.class, RandomAccessFile.class))
        .check(GraphClasses.ALL);
  }

  private static boolean opensAFile(MethodCallTarget method) {
    return method.getName().equals("open")
        ? method.getOwner().isAssignableTo(SeekableByteChannel.class)
        : method.getOwner().isEquivalentTo(Files.class)
            && method
                .getName()
                .matches(
                    "read(String|AllBytes|AllLines)|write.*|copy|new.*er|new.*Stream|newByteChannel|lines|createFile")
            && !method.getName().equals("newDirectoryStream");
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
