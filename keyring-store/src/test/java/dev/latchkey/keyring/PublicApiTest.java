package dev.latchkey.keyring;

import static com.tngtech.archunit.core.domain.JavaModifier.PROTECTED;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The exported package, as code outside this module sees it. */
class PublicApiTest {

  private static final Set<String> EXPORTED =
      Set.of("dev.latchkey", "dev.latchkey.error", "dev.latchkey.store", "dev.latchkey.keyring");

  private static final List<JavaClass> TYPES =
      new ClassFileImporter()
              .importUrl(
                  KeyringTokenStore.class.getProtectionDomain().getCodeSource().getLocation())
              .stream()
              .filter(type -> type.getPackageName().equals("dev.latchkey.keyring"))
              .filter(PublicApiTest::isVisible)
              .toList();

  @Test
  void onlyWhatApplicationsCallIsExported() {
    assertThat(TYPES)
        .extracting(JavaClass::getSimpleName)
        .containsExactlyInAnyOrder(
            "KeyringTokenStore",
            "KeyringTokenStoreBuilder",
            "KeyringBackend",
            "KeyringLocked",
            "KeyringUnavailable");
  }

  @Test
  void signaturesNameOnlyTypesThatCallersCanSee() {
    for (JavaClass type : TYPES) {
      assertThat(type.getMembers().stream().filter(PublicApiTest::isOpen))
          .as(type.getName())
          .isNotEmpty()
          .allSatisfy(
              member ->
                  assertThat(member.getAllInvolvedRawTypes())
                      .as(member.getFullName())
                      .extracting(JavaClass::getBaseComponentType)
                      .allMatch(PublicApiTest::isVisible));
    }
  }

  @Test
  void superclassesAreVisibleToCallers() {
    assertThat(TYPES)
        .flatMap(
            type ->
                Stream.concat(type.getRawSuperclass().stream(), type.getRawInterfaces().stream())
                    .toList())
        .isNotEmpty()
        .allMatch(PublicApiTest::isVisible);
  }

  private static boolean isOpen(JavaMember member) {
    return member.getModifiers().contains(PUBLIC) || member.getModifiers().contains(PROTECTED);
  }

  private static boolean isVisible(JavaClass type) {
    if (type.isPrimitive() || type.getPackageName().startsWith("java.")) {
      return true;
    }
    return EXPORTED.contains(type.getPackageName())
        && type.getModifiers().contains(PUBLIC)
        && type.getEnclosingClass().map(PublicApiTest::isVisible).orElse(true);
  }
}
