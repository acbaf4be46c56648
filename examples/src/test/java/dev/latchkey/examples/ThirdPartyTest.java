package dev.latchkey.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The notices that the command line passes on with the libraries in its jar. */
class ThirdPartyTest {

  private static final Pattern RESOLVED = Pattern.compile(" +([^: ]+:[^: ]+):jar:.*");
  private static final Pattern NAMED = Pattern.compile("^[a-z0-9.-]+:[a-z0-9.-]+$");

  @Test
  void everyLibraryInTheJarIsNamedWithItsLicenceAndNoOther() throws Exception {
    List<String> resolved =
        Files.readAllLines(Path.of("target/runtime-dependencies.txt")).stream()
            .map(RESOLVED::matcher)
            .filter(matcher -> matcher.matches())
            .map(matcher -> matcher.group(1))
            .filter(name -> !name.startsWith("dev.latchkey:"))
            .toList();

    List<String> named =
        Files.readAllLines(Path.of("target/classes/META-INF/THIRD-PARTY.txt")).stream()
            .filter(NAMED.asMatchPredicate())
            .toList();

    assertThat(resolved).isNotEmpty();
    assertThat(named).containsExactlyInAnyOrderElementsOf(resolved);
  }
}
