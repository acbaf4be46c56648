package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolvedModule;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** Resolves core on the module path, since the other tests run on the class path. */
class ModuleGraphTest {
  private static Configuration graph;

  @BeforeAll
  static void resolveCore() throws URISyntaxException {
    var finder =
        ModuleFinder.of(home(AccessToken.class), home(JsonElement.class), home(Logger.class));

    graph =
        ModuleLayer.boot()
            .configuration()
            .resolve(finder, ModuleFinder.of(), Set.of("dev.latchkey"));
  }

  @Test
  void coreNeedsGsonAndSlf4jAndNothingElseOutsideTheJdk() {
    Set<String> modules =
        graph.modules().stream().map(ResolvedModule::name).collect(Collectors.toSet());

    assertThat(modules).containsExactlyInAnyOrder("dev.latchkey", "com.google.gson", "org.slf4j");
  }

  @Test
  void coreExportsItsPublicPackagesOnly() {
    var core = graph.findModule("dev.latchkey").orElseThrow().reference().descriptor();

    assertThat(core.exports())
        .filteredOn(exported -> !exported.isQualified())
        .extracting(Exports::source)
        .containsExactlyInAnyOrder("dev.latchkey", "dev.latchkey.error", "dev.latchkey.store");
    assertThat(core.exports())
        .filteredOn(Exports::isQualified)
        .allSatisfy(
            inner ->
                assertThat(inner.targets())
                    .isSubsetOf("dev.latchkey.graph", "dev.latchkey.keyring"));
  }

  @Test
  void coreReadsTheHttpClientOfTheJdk() {
    var core = graph.findModule("dev.latchkey").orElseThrow();

    assertThat(core.reads()).extracting(ResolvedModule::name).contains("java.net.http");
  }

  /** The jar or folder that a class was loaded from. */
  private static Path home(Class<?> aClass) throws URISyntaxException {
    return Path.of(aClass.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
