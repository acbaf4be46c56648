package dev.latchkey.keyring;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Keeps the dependencies of the keyring store pointing one way. */
class ArchitectureTest {

  private static final String FACE = "dev.latchkey.keyring";
  private static final String RECORD = FACE + ".internal.record";
  private static final String WORKER = FACE + ".internal.worker";
  private static final String BACKEND = FACE + ".internal.backend";
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .importUrl(KeyringTokenStore.class.getProtectionDomain().getCodeSource().getLocation());

  @Test
  void recordsKnowNeitherThreadsNorKeyrings() {
    noClasses()
        .that()
        .resideInAPackage(RECORD)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(FACE, WORKER, BACKEND, "com.github.javakeyring..", "org.freedesktop..")
        .check(MAIN);
  }

  @Test
  void backendsKnowNeitherRecordsNorTheWorker() {
    noClasses()
        .that()
        .resideInAPackage(BACKEND)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(RECORD, WORKER)
        .check(MAIN);
  }

  /** Only core's {@code FileLease} opens its lock files. */
  @Test
  void noFileIsOpened() {
    noClasses()
        .should()
        .dependOnClassesThat(
            belongToAnyOf(
                Files.class,
                FileChannel.class,
                FileInputStream.class,
                FileOutputStream.class,
                RandomAccessFile.class))
        .check(MAIN);
  }

  @Test
  void roomsFormNoCycle() {
    slices().matching(FACE + ".internal.(*)").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void roomsKnowOnlyTheNamesOfKeyringsAndTheErrorsOfTheFace() {
    noClasses()
        .that()
        .resideInAPackage(FACE + ".internal..")
        .should()
        .dependOnClassesThat(
            resideInAPackage(FACE)
                .and(
                    not(
                        belongToAnyOf(
                            KeyringBackend.class, KeyringLocked.class, KeyringUnavailable.class))))
        .check(MAIN);
  }

  @Test
  void theKeyringStoreKnowsOnlyStoresErrorsTextAndTimeOfCore() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("dev.latchkey..")
                .and(
                    resideOutsideOfPackages(
                        FACE + "..",
                        "dev.latchkey.error",
                        "dev.latchkey.store",
                        "dev.latchkey.internal.text",
                        "dev.latchkey.internal.time")))
        .check(MAIN);
  }

  @Test
  void onlyTheTimeSeamReadsClocks() {
    noClasses()
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(MAIN);
  }
}
