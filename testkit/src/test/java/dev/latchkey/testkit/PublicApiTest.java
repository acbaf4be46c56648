package dev.latchkey.testkit;

import static com.tngtech.archunit.core.domain.JavaModifier.PROTECTED;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import dev.latchkey.testkit.fixture.TestkitClasses;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The exported packages, as code outside this module sees them. */
class PublicApiTest {

  private static final Set<String> OURS =
      Set.of("dev.latchkey.testkit", "dev.latchkey.testkit.contract");
  private static final Set<String> CORES =
      Set.of("dev.latchkey", "dev.latchkey.error", "dev.latchkey.store");

  private static final List<JavaClass> TYPES =
      TestkitClasses.ALL.stream()
          .filter(type -> OURS.contains(type.getPackageName()))
          .filter(PublicApiTest::isVisible)
          .toList();

  @Test
  void onlyWhatTestsCallIsExported() {
    assertThat(TYPES)
        .extracting(JavaClass::getSimpleName)
        .containsExactlyInAnyOrder(
            "ChannelPost",
            "Endpoint",
            "FakeAuthorizationServer",
            "FakeAuthorizationServerBuilder",
            "FakeDrive",
            "FakeGraph",
            "FakeGraphSettings",
            "FakeMailbox",
            "FakePlan",
            "FakeServerPeople",
            "FakeServerSettings",
            "FakeTeam",
            "Fault",
            "OAuthFailure",
            "Opener",
            "PlannedTask",
            "RecordedRequest",
            "Rotation",
            "SharedTokenStoreContract",
            "TestApp",
            "TestMail",
            "TestUser",
            "TokenStoreContract");
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

  private static boolean isOpen(JavaMember member) {
    return member.getModifiers().contains(PUBLIC) || member.getModifiers().contains(PROTECTED);
  }

  private static boolean isVisible(JavaClass type) {
    if (type.isPrimitive() || type.getPackageName().startsWith("java.")) {
      return true;
    }
    return (OURS.contains(type.getPackageName()) || CORES.contains(type.getPackageName()))
        && type.getModifiers().contains(PUBLIC)
        && type.getEnclosingClass().map(PublicApiTest::isVisible).orElse(true);
  }
}
