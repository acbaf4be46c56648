package dev.latchkey.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.LatchkeyException;
import dev.latchkey.graph.error.GraphException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300) // a compiler that has just started, on a busy machine
class ReadmeTest {

  private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  /** The code around a snippet. */
  private static final String AROUND =
      """
      import dev.latchkey.*;
      import dev.latchkey.error.*;
      import dev.latchkey.store.*;
      import dev.latchkey.graph.*;
      import dev.latchkey.graph.drive.*;
      import dev.latchkey.graph.mail.*;
      import dev.latchkey.keyring.*;
      import dev.latchkey.swing.*;
      import dev.latchkey.testkit.*;
      import java.nio.file.Path;
      import java.time.Duration;

      abstract class Snippet {
        abstract void call(String token);
        abstract void show(SignIn signIn);
        abstract void open(Account account);
        abstract void retry();

        void run(
            javax.swing.JFrame frame,
            Path directory,
            byte[] key,
            Path file,
            String teamId,
            String channelId,
            String taskId) {
          /* snippet */
        }
      }
      """;

  /** The second snippet continues the first. */
  private static final String GOING_ON = "PublicClient client = null; Account account = null;\n";

  @TempDir Path directory;

  @Test
  void snippetsCompile() throws Exception {
    List<String> snippets =
        SNIPPET.matcher(readme()).results().map(MatchResult::group).map(this::code).toList();

    assertThat(snippets).hasSize(5);
    assertCompiles(snippets.get(0));
    assertCompiles(GOING_ON + snippets.get(1));
    assertCompiles(GOING_ON + snippets.get(2));
    assertCompiles(GOING_ON + snippets.get(3));
    assertCompiles(snippets.get(4));
  }

  @Test
  void firstSnippetIsTenLinesOfCode() throws Exception {
    String first = SNIPPET.matcher(readme()).results().findFirst().orElseThrow().group(1);

    assertThat(first.lines().filter(line -> !line.isBlank())).hasSizeLessThanOrEqualTo(10);
  }

  @Test
  void everyErrorTypeIsInTheTableWithItsExitStatus() throws Exception {
    String readme = readme();

    List<Class<?>> types = new ArrayList<>();
    types.addAll(List.of(LatchkeyException.class.getPermittedSubclasses()));
    types.addAll(List.of(GraphException.class.getPermittedSubclasses()));
    for (Class<?> type : types) {
      assertThat(readme).containsPattern("\\| `" + type.getSimpleName() + "` \\| .* \\| \\d+ \\|");
    }
  }

  private String code(String fenced) {
    return fenced.replaceAll("```(java)?", "");
  }

  private void assertCompiles(String code) {
    Snippets.assertCompile(Map.of("Snippet", AROUND.replace("/* snippet */", code)), directory);
  }

  private static String readme() throws Exception {
    return Files.readString(Path.of("..", "README.md"));
  }
}
