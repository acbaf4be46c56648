package dev.latchkey;

import static com.tngtech.archunit.core.domain.JavaModifier.PROTECTED;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import dev.latchkey.fixture.CoreClasses;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Finds what javac's lint {@code exports} would find. That lint is off, because it requires {@code
 * requires transitive} for JSpecify's annotations, which every caller would then need on the module
 * path.
 */
class PublicApiTest {
  private static final Set<String> EXPORTED =
      Set.of("dev.latchkey", "dev.latchkey.error", "dev.latchkey.store");

  @Test
  void signaturesNameOnlyTypesThatCallersCanSee() {
    members().should(nameVisibleTypes()).check(CoreClasses.ALL);
  }

  @Test
  void superclassesAreVisibleToCallers() {
    classes().should(extendVisibleTypes()).check(CoreClasses.ALL);
  }

  private static ArchCondition<JavaMember> nameVisibleTypes() {
    return new ArchCondition<>("name only types that callers can see") {
      @Override
      public void check(JavaMember member, ConditionEvents events) {
        if (!isVisible(member.getOwner()) || !isOpen(member)) {
          return;
        }
        member.getAllInvolvedRawTypes().stream()
            .map(JavaClass::getBaseComponentType)
            .filter(type -> !isVisible(type))
            .forEach(
                type ->
                    events.add(
                        violated(member, member.getFullName() + " names " + type.getName())));
      }
    };
  }

  private static ArchCondition<JavaClass> extendVisibleTypes() {
    return new ArchCondition<>("extend only types that callers can see") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (!isVisible(type)) {
          return;
        }
        Stream.concat(type.getRawSuperclass().stream(), type.getRawInterfaces().stream())
            .filter(parent -> !isVisible(parent))
            .forEach(
                parent ->
                    events.add(violated(type, type.getName() + " extends " + parent.getName())));
      }
    };
  }

  private static boolean isOpen(JavaMember member) {
    return member.getModifiers().contains(PUBLIC) || member.getModifiers().contains(PROTECTED);
  }

  private static boolean isVisible(JavaClass type) {
    if (type.isPrimitive() || type.getPackageName().matches("javax?\\..*")) {
      return true;
    }
    return EXPORTED.contains(type.getPackageName())
        && type.getModifiers().contains(PUBLIC)
        && type.getEnclosingClass().map(PublicApiTest::isVisible).orElse(true);
  }
}
