package dev.latchkey.keyring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.stream.StreamSupport;
import org.freedesktop.dbus.spi.transport.ITransportProvider;
import org.junit.jupiter.api.Test;

/** What a native image has to be told of the keyrings of Linux. */
class NativeImageTest {

  private static final String METADATA =
      "/META-INF/native-image/dev.latchkey/latchkey-keyring-store/reachability-metadata.json";

  @Test
  void everyTransportThatDbusJavaLooksUpIsInTheMetadata() throws Exception {
    List<String> found =
        ServiceLoader.load(ITransportProvider.class).stream()
            .map(provider -> provider.type().getName())
            .toList();
    List<String> named = new ArrayList<>();
    for (JsonElement each : metadata("reflection")) {
      JsonObject type = each.getAsJsonObject();
      String name = type.get("type").getAsString();
      Constructor<?> constructor = Class.forName(name).getConstructor();
      assertThat(constructor.getParameterCount()).isZero();
      assertThat(type.get("methods").toString())
          .isEqualTo("[{\"name\":\"<init>\",\"parameterTypes\":[]}]");
      named.add(name);
    }

    assertThat(found).isNotEmpty();
    assertThat(named).containsExactlyInAnyOrderElementsOf(found);
  }

  @Test
  void everyResourceInTheMetadataExists() throws Exception {
    List<String> named =
        StreamSupport.stream(metadata("resources").spliterator(), false)
            .map(resource -> resource.getAsJsonObject().get("glob").getAsString())
            .toList();

    assertThat(named)
        .containsExactly("META-INF/services/" + ITransportProvider.class.getName())
        .allMatch(name -> getClass().getResource("/" + name) != null);
  }

  /** So that nothing else has to be named. */
  @Test
  void noClassOfOursUsesReflection() {
    noClasses()
        .should()
        .callMethod(Class.class, "forName", String.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Proxy.class)
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("java.lang.reflect")
        .check(
            new ClassFileImporter()
                .importUrl(
                    KeyringTokenStore.class.getProtectionDomain().getCodeSource().getLocation()));
  }

  private static JsonArray metadata(String part) throws Exception {
    try (InputStream in =
        Objects.requireNonNull(NativeImageTest.class.getResourceAsStream(METADATA))) {
      return JsonParser.parseString(new String(in.readAllBytes(), UTF_8))
          .getAsJsonObject()
          .getAsJsonArray(part);
    }
  }
}
