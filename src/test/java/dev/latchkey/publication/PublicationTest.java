package dev.latchkey.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a published module hands to its callers besides classes. Each runs this test as its own. */
class PublicationTest {

  private static final Path MODULE = Path.of(System.getProperty("basedir", ""));
  private static final Path PINNED = MODULE.resolve("src/test/api/runtime-dependencies.txt");

  /** A changed hash with the same version is another file under the same name. */
  @Test
  void runtimeDependenciesAreThoseThatArePinnedToTheByte() throws Exception {
    List<String> lines = new ArrayList<>();
    for (RuntimeDependency one :
        RuntimeDependency.readAll(MODULE.resolve("target/runtime-dependencies.txt"))) {
      lines.add(one.pinned());
    }
    if (System.getProperty("api.update") != null) {
      Files.write(PINNED, lines);
    }

    List<String> pinned = Files.exists(PINNED) ? Files.readAllLines(PINNED) : List.of();

    assertThat(lines)
        .as("To accept the change: mvn test -Dtest=PublicationTest -Dapi.update")
        .isNotEmpty()
        .isEqualTo(pinned);
  }

  @ParameterizedTest
  @ValueSource(strings = {"LICENSE", "NOTICE"})
  void jarHoldsTheFile(String name) {
    assertThat(MODULE.resolve("target/classes/META-INF").resolve(name))
        .hasSameTextualContentAs(MODULE.resolve("..").resolve(name));
  }

  @Test
  void moduleIsInTheBillOfMaterials() throws Exception {
    String artifact = firstArtifact(MODULE.resolve("pom.xml"));

    assertThat(Files.readString(MODULE.resolve("../bom/pom.xml")))
        .contains("<artifactId>" + artifact + "</artifactId>");
  }

  /** The first one after the parent's. */
  private static String firstArtifact(Path pom) throws Exception {
    String own = Files.readString(pom).split("</parent>", 2)[1];
    return own.split("<artifactId>", 2)[1].split("</artifactId>", 2)[0];
  }
}
