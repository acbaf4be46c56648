package dev.latchkey.examples;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Javadoc of what the modules export: its examples are compiled, and no type is without. */
@Timeout(300) // a compiler that has just started, on a busy machine
class JavadocTest {

  private static final Path ROOT = Path.of("..");
  private static final List<String> MODULES =
      List.of("core", "keyring-store", "graph-lite", "swing", "testkit");

  private static final Pattern EXPORT = Pattern.compile("exports ([\\w.]+);");
  private static final Pattern EXAMPLE =
      Pattern.compile("<pre>\\{@code\n(.*?)}</pre>", Pattern.DOTALL);
  private static final Pattern MARGIN = Pattern.compile("^ +\\* ?", Pattern.MULTILINE);
  private static final Pattern LINK =
      Pattern.compile("(?:@link(?:plain)?|@see)[\\s*]+([\\w.]*?)(\\w+)(?=[#\\s}])");

  /** What an example may take for given. Its own variables hide these. */
  private static final String AROUND =
      """
      import com.google.gson.JsonObject;
      import dev.latchkey.*;
      import dev.latchkey.error.*;
      import dev.latchkey.graph.*;
      import dev.latchkey.graph.batch.*;
      import dev.latchkey.graph.drive.*;
      import dev.latchkey.graph.error.*;
      import dev.latchkey.graph.mail.*;
      import dev.latchkey.graph.planner.*;
      import dev.latchkey.graph.teams.*;
      import dev.latchkey.keyring.*;
      import dev.latchkey.store.*;
      import dev.latchkey.swing.*;
      import dev.latchkey.testkit.*;
      import dev.latchkey.testkit.contract.*;
      import java.io.IOException;
      import java.net.URI;
      import java.net.http.*;
      import java.nio.file.Path;
      import java.time.Duration;
      import java.util.*;
      import javax.swing.*;
      import org.junit.jupiter.api.*;
      import org.junit.jupiter.api.io.TempDir;
      import reactor.core.publisher.Mono;
      import static org.junit.jupiter.api.Assertions.*;

      abstract class NAME {
        PublicClient client, contoso, fabrikam;
        Account account;
        TokenSource tokens;
        HttpResponse<String> response;
        Forbidden forbidden;
        GraphClient graph;
        Drive drive;
        Planner planner;
        JsonObject folder;
        NewMessage message;
        FakeAuthorizationServer server;
        FakeAuthorizationServerBuilder builder;
        FakePlan plan;
        JFrame frame;
        JMenuBar menuBar;
        AccountMenu menu;
        Path directory, file;
        Duration timeout;
        byte[] key;
        TokenStore store;
        String content, id, teamId, channelId, taskId;
        Link stored;

        abstract void call(AccessToken token);
        abstract void show(SignIn signIn);
        abstract void show(String name, long size);
        abstract void show(AccessToken token, Throwable failure);
        abstract void showNobody();
        abstract void showFilesOf(Account account);
        abstract void showFilesOf(PublicClient client, Account account);
        abstract void open(Account account);
        abstract void retry();
        abstract void retryIn(Duration wait);
        abstract void askToMakeRoom();
        abstract void apply(DriveItem item);
        abstract HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException;

        interface Link {
          String read();
          void write(String link);
        }

        record ReportApp(URI server, URI graph) {
          void archive(String from, String to) {}
        }

        record SignInView(PublicClient client) {
          void open() {}
          String shownCode() { return ""; }
          String awaitOutcome() { return ""; }
        }

        static class MyDatabase {
          static MyDatabase inMemory() { return new MyDatabase(); }
        }

        static class MyTokenStore implements TokenStore {
          MyTokenStore(MyDatabase database) {}
          MyTokenStore(Path directory) {}
          @Override public StoredRecord read(String key) { return null; }
          @Override public String write(String key, String content, String version) { return null; }
          @Override public boolean delete(String key, String version) { return false; }
          @Override public Set<String> keys() { return Set.of(); }
          @Override public Lease lease(String key, Duration timeout) { return () -> {}; }
          @Override public String description() { return ""; }
        }

        EXAMPLE
      }
      """;

  @TempDir Path directory;

  @Test
  void everyExampleCompiles() throws Exception {
    Map<String, String> sources = new TreeMap<>();
    for (Path file : exported()) {
      addExamples(sources, file);
    }
    addExamples(sources, ROOT.resolve("src/main/javadoc/overview.html"));

    assertThat(sources).hasSizeGreaterThan(45);
    Snippets.assertCompile(sources, directory);
  }

  /** A type that only comes with others links to one that shows both. */
  @Test
  void everyPublicTypeHasAnExampleOrALinkToOne() throws Exception {
    Map<String, String> types = new TreeMap<>();
    for (Path file : exported()) {
      String text = Files.readString(file);
      String name = name(file);
      if (declaration(text, name).find()) {
        types.put(name, text);
      }
    }
    Set<String> shown =
        types.entrySet().stream()
            .filter(type -> EXAMPLE.matcher(type.getValue()).find())
            .map(Map.Entry::getKey)
            .collect(toSet());

    Set<String> without = new TreeSet<>();
    types.forEach(
        (name, text) -> {
          if (!shown.contains(name) && linked(text, name).noneMatch(shown::contains)) {
            without.add(name);
          }
        });

    assertThat(types).hasSizeGreaterThan(100);
    assertThat(without).isEmpty();
  }

  /** The names of the types to which the comment of a type links. */
  private static Stream<String> linked(String text, String name) {
    Matcher declaration = declaration(text, name);
    assertThat(declaration.find()).isTrue();
    String before = text.substring(0, declaration.start());
    String comment = before.substring(before.lastIndexOf("/**"));
    return LINK.matcher(comment).results().map(link -> link.group(2));
  }

  private static Matcher declaration(String text, String name) {
    return Pattern.compile(
            "^public [a-z\\- ]*(class|interface|record|enum) " + name + "\\b", Pattern.MULTILINE)
        .matcher(text);
  }

  private static void addExamples(Map<String, String> sources, Path file) throws IOException {
    List<String> examples = new ArrayList<>();
    for (MatchResult example : EXAMPLE.matcher(Files.readString(file)).results().toList()) {
      examples.add(MARGIN.matcher(example.group(1)).replaceAll(""));
    }
    for (int i = 0; i < examples.size(); i++) {
      String name = name(file) + "Example" + (i + 1);
      sources.put(name, AROUND.replace("NAME", name).replace("EXAMPLE", member(examples.get(i))));
    }
  }

  /** Statements become a method; a class or a method stays as it is. */
  private static String member(String example) {
    boolean declares = example.matches("(?s)(class |[\\w<>]+ \\w+\\([\\w. ]*\\) throws ).*");
    return declares ? example : "void run() throws Exception {\n" + example + "}\n";
  }

  private static List<Path> exported() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String module : MODULES) {
      Path sources = ROOT.resolve(module).resolve("src/main/java");
      String descriptor = Files.readString(sources.resolve("module-info.java"));
      for (MatchResult export : EXPORT.matcher(descriptor).results().toList()) {
        try (Stream<Path> list = Files.list(sources.resolve(export.group(1).replace('.', '/')))) {
          list.filter(file -> file.toString().endsWith(".java")).sorted().forEach(files::add);
        }
      }
    }
    return files;
  }

  private static String name(Path file) {
    return file.getFileName().toString().replaceAll("\\..*", "");
  }
}
