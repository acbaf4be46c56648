package dev.latchkey;

import static java.util.stream.Collectors.toUnmodifiableSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages for contributors name only classes, members, packages and files that exist. */
class ArchitectureDocumentTest {

  private static final Path ROOT = Path.of("..");

  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);
  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
  private static final Pattern PACKAGE = Pattern.compile("dev\\.latchkey(\\.[a-z]+)*");

  /** A type with its members: {@code PollStep}, {@code PollStep.answered()}. */
  private static final Pattern TYPE =
      Pattern.compile("([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)((?:\\.\\w+)*)(?:\\(.*\\))?");

  /** The code of each source file by the name of its type, which several modules may share. */
  private static final Map<String, String> SOURCES = new HashMap<>();

  @BeforeAll
  static void readSources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      List<Path> sources =
          files.filter(file -> file.toString().matches(".*[/\\\\]src[/\\\\].*\\.java")).toList();
      for (Path file : sources) {
        String type = file.getFileName().toString().replace(".java", "");
        String code = COMMENT.matcher(Files.readString(file)).replaceAll("");
        SOURCES.merge(type, code, (one, other) -> one + "\n" + other);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs/architecture.md", "CONTRIBUTING.md", "SECURITY.md"})
  void everyNameInThePageExists(String page) {
    assertThat(unknownNames(read(ROOT.resolve(page)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs/architecture.md", "CONTRIBUTING.md", "SECURITY.md", "README.md"})
  void everyLinkInThePageLeadsSomewhere(String page) {
    assertThat(brokenLinks(ROOT.resolve(page))).isEmpty();
  }

  /** A promise without a test is a hope. */
  @Test
  void everyDefenceNamesTheTestsThatHoldIt() {
    String page = read(ROOT.resolve("SECURITY.md"));
    String defences =
        page.substring(page.indexOf("## Threats"), page.indexOf("## What is not promised"));

    List<String> paragraphs =
        Stream.of(defences.split("\n\n", -1)).filter(text -> text.startsWith("**")).toList();

    assertThat(paragraphs)
        .hasSizeGreaterThan(8)
        .allSatisfy(paragraph -> assertThat(paragraph).containsPattern("`\\w+Test(\\.\\w+)?`"));
  }

  @Test
  void unknownNamesAreFound() {
    String page =
        "`PublicClient`, `PublicClient.build()`, `NoSuchClass`, `TokenSource.noSuchMember`,"
            + " `dev.latchkey.error`, `dev.latchkey.nowhere`, `mvn verify`";

    assertThat(unknownNames(page))
        .containsExactly(
            "PublicClient.build()",
            "NoSuchClass",
            "TokenSource.noSuchMember",
            "dev.latchkey.nowhere");
  }

  private static List<String> unknownNames(String page) {
    List<String> unknown = new ArrayList<>();
    for (MatchResult code : CODE.matcher(page).results().toList()) {
      String name = code.group(1);
      Matcher type = TYPE.matcher(name);
      boolean missing =
          type.matches()
              ? !exists(type.group(1), type.group(2))
              : PACKAGE.matcher(name).matches() && !isPackage(name);
      if (missing) {
        unknown.add(name);
      }
    }
    return unknown;
  }

  private static boolean exists(String type, String members) {
    String code = SOURCES.get(type);
    return code != null
        && Pattern.compile("\\w+")
            .matcher(members)
            .results()
            .allMatch(member -> declares(code, member.group()));
  }

  /** What follows a dot belongs to another type. */
  private static boolean declares(String code, String member) {
    return Pattern.compile("(?<![.\\w])" + member + "\\b").matcher(code).find();
  }

  private static boolean isPackage(String name) {
    Pattern declaration = Pattern.compile("^package " + name + ";", Pattern.MULTILINE);
    return SOURCES.values().stream().anyMatch(code -> declaration.matcher(code).find());
  }

  private static List<String> brokenLinks(Path page) {
    String text = read(page);
    Set<String> anchors =
        HEADING
            .matcher(text)
            .results()
            .map(heading -> "#" + anchor(heading.group(1)))
            .collect(toUnmodifiableSet());
    return LINK.matcher(text)
        .results()
        .map(link -> link.group(1))
        .filter(link -> !link.startsWith("https://"))
        .filter(link -> link.startsWith("#") ? !anchors.contains(link) : !isFile(page, link))
        .toList();
  }

  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_ -]", "").replace(' ', '-');
  }

  /** {@code DocumentsTest}, in examples, looks for the headings of other pages, too. */
  private static boolean isFile(Path page, String link) {
    return Files.exists(page.resolveSibling(link.replaceFirst("#.*", "")));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
