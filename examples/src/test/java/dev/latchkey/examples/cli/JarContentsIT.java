package dev.latchkey.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** What the jar of the command line holds besides the program. */
class JarContentsIT {

  @Test
  void licenceAndNoticesAreOursAndThoseOfTheLibraries() throws Exception {
    try (JarFile jar = jar()) {
      assertThat(text(jar, "META-INF/LICENSE")).isEqualTo(Files.readString(Path.of("../LICENSE")));
      assertThat(text(jar, "META-INF/NOTICE")).isEqualTo(Files.readString(Path.of("../NOTICE")));
      assertThat(text(jar, "META-INF/THIRD-PARTY.txt")).contains("org.slf4j:slf4j-api", "QOS.ch");
    }
  }

  @Test
  void manifestStatesTheVersion() throws Exception {
    try (JarFile jar = jar()) {
      Attributes attributes = jar.getManifest().getMainAttributes();

      assertThat(attributes.getValue("Implementation-Title")).isEqualTo("latchkey");
      assertThat(attributes.getValue("Implementation-Version")).matches("\\d+\\.\\d+\\..+");
    }
  }

  private static JarFile jar() throws IOException {
    return new JarFile(Objects.requireNonNull(System.getProperty("latchkey.jar")));
  }

  private static String text(JarFile jar, String entry) throws IOException {
    try (var in = jar.getInputStream(jar.getEntry(entry))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
