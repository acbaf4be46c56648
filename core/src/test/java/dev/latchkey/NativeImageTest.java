package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What a native image has to be told of core, which uses no reflection. */
class NativeImageTest {

  private static final Path RESOURCES = Path.of("src/main/resources");
  private static final Path METADATA =
      RESOURCES.resolve(
          "META-INF/native-image/dev.latchkey/latchkey-core/reachability-metadata.json");

  @Test
  void everyResourceIsInTheMetadata() throws Exception {
    var metadata = JsonParser.parseString(Files.readString(METADATA)).getAsJsonObject();
    List<String> named =
        StreamSupport.stream(metadata.getAsJsonArray("resources").spliterator(), false)
            .map(resource -> resource.getAsJsonObject().get("glob").getAsString())
            .toList();

    try (Stream<Path> files = Files.walk(RESOURCES.resolve("dev"))) {
      List<String> all =
          files
              .filter(Files::isRegularFile)
              .map(file -> RESOURCES.relativize(file).toString().replace('\\', '/'))
              .toList();
      assertThat(named).containsExactlyInAnyOrderElementsOf(all);
    }
  }
}
