package dev.latchkey.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The guides in docs: their Java is compiled, and their links lead somewhere. */
@Timeout(300) // a compiler that has just started, on a busy machine
class DocumentsTest {

  private static final Path ROOT = Path.of("..");
  private static final Path GUIDES = ROOT.resolve("docs");

  private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern FENCED = Pattern.compile("```.*?```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);

  /** What a snippet may take for given. Its own variables hide these. */
  private static final String AROUND =
      """
      import dev.latchkey.*;
      import dev.latchkey.error.*;
      import dev.latchkey.store.*;
      import dev.latchkey.graph.*;
      import dev.latchkey.graph.batch.*;
      import dev.latchkey.graph.drive.*;
      import dev.latchkey.graph.error.*;
      import dev.latchkey.graph.mail.*;
      import dev.latchkey.graph.planner.*;
      import dev.latchkey.graph.teams.*;
      import dev.latchkey.keyring.*;
      import dev.latchkey.swing.*;
      import dev.latchkey.testkit.*;
      import dev.latchkey.testkit.contract.*;
      import java.net.URI;
      import java.nio.file.Path;
      import java.time.Duration;
      import java.util.*;
      import org.junit.jupiter.api.io.TempDir;

      abstract class NAME {
        PublicClient client;
        Account account;
        TokenSource tokens;
        GraphClient graph;
        FakeAuthorizationServer server;
        javax.swing.JFrame frame;
        Path directory;
        String teamId, channelId, taskId;
        javax.net.ssl.SSLContext sslContext;

        abstract void call(String token);
        abstract void show(SignIn signIn);
        abstract Account signIn(SignIn signIn);
        abstract java.net.http.HttpResponse<String> send(String token);

        void run() throws Exception {
          SNIPPET
        }
      }
      """;

  @TempDir Path directory;

  @Test
  void everySnippetCompiles() throws Exception {
    Map<String, String> sources = new TreeMap<>();
    for (Path page : pages(GUIDES)) {
      List<String> snippets =
          SNIPPET.matcher(Files.readString(page)).results().map(match -> match.group(1)).toList();
      String prefix = page.getFileName().toString().replaceAll("\\W", "_");
      for (int i = 0; i < snippets.size(); i++) {
        String name = prefix + (i + 1);
        sources.put(name, AROUND.replace("NAME", name).replace("SNIPPET", snippets.get(i)));
      }
    }

    assertThat(sources).hasSizeGreaterThan(20);
    Snippets.assertCompile(sources, directory);
  }

  @Test
  void everyLinkLeadsSomewhere() throws Exception {
    List<String> broken = new ArrayList<>();
    List<Path> all = new ArrayList<>(pages(ROOT));
    all.addAll(pages(GUIDES));
    for (Path page : all) {
      String text = withoutCode(page);
      for (MatchResult link : LINK.matcher(text).results().toList()) {
        String target = link.group(1);
        if (!target.matches("[a-z]+:.*") && !exists(page, target)) {
          broken.add(page.getFileName() + ": " + target);
        }
      }
    }

    assertThat(broken).isEmpty();
  }

  @Test
  void everyGuideIsInTheListOfGuides() throws Exception {
    String list = Files.readString(GUIDES.resolve("README.md"));

    for (Path page : pages(GUIDES)) {
      String name = page.getFileName().toString();
      assertThat(name.equals("README.md") || list.contains("](" + name + ")")).as(name).isTrue();
    }
  }

  private static boolean exists(Path page, String target) throws IOException {
    String[] parts = target.split("#", 2);
    Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
    return Files.exists(file) && (parts.length == 1 || anchors(file).contains(parts[1]));
  }

  /** As GitHub makes them: a heading that stands twice gets a number. */
  private static Set<String> anchors(Path page) throws IOException {
    Map<String, Integer> seen = new HashMap<>();
    Set<String> anchors = new HashSet<>();
    for (MatchResult heading : HEADING.matcher(withoutCode(page)).results().toList()) {
      String slug =
          heading.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-');
      int before = seen.merge(slug, 1, Integer::sum) - 1;
      anchors.add(before == 0 ? slug : slug + "-" + before);
    }
    return anchors;
  }

  private static String withoutCode(Path page) throws IOException {
    return FENCED.matcher(Files.readString(page)).replaceAll("");
  }

  private static List<Path> pages(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }
}
