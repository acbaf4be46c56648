package dev.latchkey.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Pins the public API of a published module, so that every change to it shows in a diff. Each such
 * module compiles and runs this test as its own. After a change that is meant, {@code mvn test
 * -Dtest=PublicApiTest -Dapi.update} writes the file anew.
 */
class PublicApiTest {

  private static final Path MODULE = Path.of(System.getProperty("basedir", ""));
  private static final Path PINNED = MODULE.resolve("src/test/api/public-api.txt");

  private final PublicApi api = PublicApi.of(MODULE.resolve("target/classes"));

  @Test
  void publicApiIsTheOneThatIsPinned() throws Exception {
    if (System.getProperty("api.update") != null) {
      Files.createDirectories(PINNED.getParent());
      Files.write(PINNED, api.lines());
    }

    List<String> pinned = Files.exists(PINNED) ? Files.readAllLines(PINNED) : List.of();

    assertThat(api.lines())
        .as("To accept the change: mvn test -Dtest=PublicApiTest -Dapi.update")
        .isEqualTo(pinned);
  }

  /**
   * Does the work of javac's lint {@code exports}, which is off: it wants {@code requires
   * transitive} for JSpecify's annotations, and then every caller on the module path would need
   * them.
   */
  @Test
  void signaturesNameOnlyTypesThatCallersCanSee() {
    assertThat(api.hiddenTypesInSignatures()).isEmpty();
  }
}
