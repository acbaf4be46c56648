package dev.latchkey.benchmarks;

import com.microsoft.aad.msal4j.ITokenCacheAccessAspect;
import com.microsoft.aad.msal4jextensions.PersistenceSettings;
import com.microsoft.aad.msal4jextensions.PersistenceTokenCacheAccessAspect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** MSAL4J's cache in the keyring, by its persistence extension. */
final class MsalKeyring {

  private MsalKeyring() {}

  static ITokenCacheAccessAspect open() {
    try {
      return new PersistenceTokenCacheAccessAspect(
          PersistenceSettings.builder("benchmark.cache", Path.of(System.getenv("HOME")))
              .setLinuxKeyring(
                  null,
                  "dev.latchkey.benchmarks",
                  "MSAL cache",
                  "kind",
                  "cache",
                  "program",
                  "benchmarks")
              .build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
