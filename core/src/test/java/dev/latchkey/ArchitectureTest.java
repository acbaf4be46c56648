package dev.latchkey;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.MethodCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import dev.latchkey.fixture.CoreClasses;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Keeps the dependencies of core pointing one way. */
class ArchitectureTest {

  private static final String ROOT = "dev.latchkey";

  /** The types of the root package that callers and rooms share. They know no room. */
  private static final Class<?>[] FACE = {
    AccessToken.class,
    Account.class,
    AccountStatus.class,
    BrowserSignIn.class,
    DeviceAuthorization.class,
    ExchangeListener.class,
    HttpExchange.class,
    LoopbackRedirect.class,
    ScopeAudit.class,
    SessionListener.class,
    SignIn.class,
    SignInProgress.class,
    SignInResult.class,
    SignOutResult.class,
    TokenSource.class
  };

  /** The rest of the root package: it puts the rooms together. */
  private static final DescribedPredicate<JavaClass> WIRING =
      resideInAPackage(ROOT)
          .and(not(belongToAnyOf(FACE)))
          .and(not(describe("arrays", JavaClass::isArray)));

  /** Each room and what it may use besides itself: only rooms that stand before it. */
  private static final Map<String, Set<String>> ARROWS = new LinkedHashMap<>();

  static {
    room("internal.text");
    room("error", "internal.text");
    room("internal.time");
    room("internal.json");
    room("internal.file", "error", "internal.text", "internal.time");
    room("internal.concurrent", "error", "internal.text", "internal.time");
    room(
        "store", "error", "internal.concurrent", "internal.file", "internal.text", "internal.time");
    room("internal.http", "internal.concurrent", "internal.text");
    room(
        "internal.oauth",
        "error",
        "internal.http",
        "internal.json",
        "internal.text",
        "internal.time");
    room("internal.error", "error", "internal.http", "internal.oauth", "internal.text");
    room(
        "internal.metadata",
        "error",
        "internal.concurrent",
        "internal.error",
        "internal.http",
        "internal.json",
        "internal.oauth",
        "internal.text");
    room("internal.browser", "internal.concurrent", "internal.text", "internal.time");
    room(
        "internal.session",
        "error",
        "store",
        "internal.concurrent",
        "internal.error",
        "internal.http",
        "internal.json",
        "internal.metadata",
        "internal.oauth",
        "internal.text",
        "internal.time");
    room(
        "internal.signin",
        "error",
        "internal.browser",
        "internal.concurrent",
        "internal.error",
        "internal.http",
        "internal.json",
        "internal.metadata",
        "internal.oauth",
        "internal.session",
        "internal.text",
        "internal.time");
  }

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
  void everyRoomHasItsArrows() {
    Set<String> rooms =
        CoreClasses.ALL.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> name.startsWith(ROOT + "."))
            .collect(Collectors.toSet());

    assertThat(rooms).isEqualTo(ARROWS.keySet());
  }

  @Test
  void arrowsPointOneWay() {
    Set<String> earlier = new HashSet<>();

    ARROWS.forEach(
        (room, allowed) -> {
          assertThat(earlier).as(room).containsAll(allowed);
          earlier.add(room);
        });
  }

  @TestFactory
  Stream<DynamicTest> roomUsesOnlyWhatItsArrowsAllow() {
    return ARROWS.entrySet().stream()
        .map(arrow -> DynamicTest.dynamicTest(arrow.getKey(), () -> check(arrow)));
  }

  @Test
  void roomsUseOnlyTheFaceOfTheRoot() {
    noClasses()
        .that(not(resideInAPackage(ROOT)))
        .should()
        .dependOnClassesThat(WIRING)
        .check(CoreClasses.ALL);
  }

  @Test
  void onlyHttpOAuthSessionAndSignInKnowTheRoot() {
    noClasses()
        .that(
            resideOutsideOfPackages(
                ROOT,
                named("internal.http"),
                named("internal.oauth"),
                named("internal.session"),
                named("internal.signin")))
        .should()
        .dependOnClassesThat(resideInAPackage(ROOT))
        .check(CoreClasses.ALL);
  }

  @Test
  void faceKnowsNoRoom() {
    noClasses()
        .that(belongToAnyOf(FACE))
        .should()
        .dependOnClassesThat(resideInAPackage("dev.latchkey.internal.."))
        .orShould()
        .dependOnClassesThat(WIRING)
        .check(CoreClasses.ALL);
  }

  /** No class of a refresh is called back by one that it called. */
  @Test
  void refreshRunsDownstairs() {
    runsDownstairs(
        "internal.session",
        "Sessions",
        "CachedTokenSource",
        "TokenRefresh",
        "RefreshGrant",
        "RefreshRequest",
        "Session",
        "TokenCache",
        "SessionStore",
        "SessionLock",
        "RecordRepository",
        "RecordCodec",
        "SessionRecord");
  }

  /** Nor is a class of a sign-in. */
  @Test
  void signInRunsDownstairs() {
    runsDownstairs(
        "internal.signin",
        "DeviceSignIn",
        "CodeSignIn",
        "Beginning",
        "PollingSignIn",
        "RedirectedSignIn",
        "PollStep",
        "AuthorizationResponse",
        "SignInRequest",
        "SignInOutcome",
        "SignInCommit",
        "Identity");
  }

  private static void runsDownstairs(String room, String... stairs) {
    List<String> names = Arrays.stream(stairs).map(name -> named(room) + "." + name).toList();
    for (int i = 1; i < names.size(); i++) {
      Set<String> above = Set.copyOf(names.subList(0, i));
      noClasses()
          .that()
          .haveFullyQualifiedName(names.get(i))
          .should()
          .dependOnClassesThat(describe("stand above it", type -> above.contains(type.getName())))
          .check(CoreClasses.ALL);
    }
  }

  /** Elsewhere a link could be followed, a pipe block, or a file of another user be believed. */
  @Test
  void filesAreOpenedInOnePlace() {
    noClasses()
        .that()
        .resideOutsideOfPackage(named("internal.file"))
        .should()
        .callMethodWhere(describe("opens a file", call -> opensAFile(call.getTarget())))
        .orShould()
        .dependOnClassesThat(
            belongToAnyOf(FileInputStream.class, FileOutputStream.class, RandomAccessFile.class))
        .check(CoreClasses.ALL);
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

  private static void room(String name, String... allowed) {
    ARROWS.put(
        named(name),
        Arrays.stream(allowed).map(ArchitectureTest::named).collect(Collectors.toSet()));
  }

  private static String named(String room) {
    return ROOT + "." + room;
  }

  private static void check(Map.Entry<String, Set<String>> arrow) {
    Set<String> allowed = arrow.getValue();
    noClasses()
        .that()
        .resideInAPackage(arrow.getKey())
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.latchkey..")
                .and(not(resideInAnyPackage(ROOT, arrow.getKey())))
                .and(not(resideInAnyPackage(allowed.toArray(String[]::new)))))
        .check(CoreClasses.ALL);
  }
}
