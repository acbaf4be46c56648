package dev.latchkey.interop.keycloak;

import dev.latchkey.interop.fixture.Requirement;
import dev.latchkey.interop.fixture.TiedProcess;
import dev.latchkey.interop.fixture.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Keycloak, unpacked by Maven under {@code target} and built once for an in-memory database. */
final class KeycloakDistribution {
  private static final List<String> BUILD_OPTIONS =
      List.of("--db=dev-mem", "--health-enabled=false", "--metrics-enabled=false");
  private static final Duration BUILD_PATIENCE = Duration.ofMinutes(5);

  private final Path home;

  private KeycloakDistribution(Path home) {
    this.home = home;
  }

  /** Finds the distribution and builds it if necessary, which takes 20 s. */
  static KeycloakDistribution built() {
    KeycloakDistribution distribution = new KeycloakDistribution(find());
    distribution.build();
    return distribution;
  }

  /** Starts the script {@code kc.sh}. */
  TiedProcess run(Map<String, String> environment, List<String> arguments) {
    List<String> command =
        Stream.concat(
                Stream.of(
                    Requirement.program("bash").toString(), home.resolve("bin/kc.sh").toString()),
                arguments.stream())
            .toList();
    return TiedProcess.start("keycloak", home, environment, command);
  }

  /** Keycloak runs on the Java that runs this suite. */
  static Map<String, String> javaEnvironment() {
    return Map.of("JAVA_HOME", System.getProperty("java.home"));
  }

  private void build() {
    Path lockFile = home.resolve("build.lock");
    // Two Maven builds may share the directory.
    try (FileChannel channel =
        FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.lock();
      buildUnlessDone();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void buildUnlessDone() throws IOException {
    Path done = home.resolve("built-by-latchkey-interop");
    String options = String.join(" ", BUILD_OPTIONS);
    if (Files.exists(done) && Files.readString(done).equals(options)) {
      return;
    }
    List<String> arguments = Stream.concat(Stream.of("build"), BUILD_OPTIONS.stream()).toList();
    try (TiedProcess build = run(javaEnvironment(), arguments)) {
      build.awaitSuccess(BUILD_PATIENCE);
    }
    Files.writeString(done, options);
  }

  private static Path find() {
    Path unpacked = Workspace.target().resolve("keycloak");
    if (Files.isDirectory(unpacked)) {
      try (Stream<Path> children = Files.list(unpacked)) {
        var home = children.filter(child -> Files.exists(child.resolve("bin/kc.sh"))).findAny();
        if (home.isPresent()) {
          return home.get();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    throw Requirement.missing(
        "no Keycloak under " + unpacked + "; `mvn -Pinterop generate-test-resources` unpacks it");
  }
}
