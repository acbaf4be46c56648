package dev.latchkey.examples;

import dev.latchkey.store.StoredRecord;
import dev.latchkey.store.TokenStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The part of a store that belongs to one application: all its keys begin alike. Any name will do,
 * as the keys begin with its hash.
 */
final class AppNamespace implements TokenStore {

  private static final int HASH_BYTES = 6;

  private final String prefix;
  private final TokenStore store;

  AppNamespace(String app, TokenStore store) {
    this.prefix = hash(app) + "-";
    this.store = store;
  }

  @Override
  public @Nullable StoredRecord read(String key) {
    return store.read(prefix + key);
  }

  @Override
  public @Nullable String write(String key, String content, @Nullable String expectedVersion) {
    return store.write(prefix + key, content, expectedVersion);
  }

  @Override
  public boolean delete(String key, String expectedVersion) {
    return store.delete(prefix + key, expectedVersion);
  }

  @Override
  public Set<String> keys() {
    return store.keys().stream()
        .filter(key -> key.startsWith(prefix))
        .map(key -> key.substring(prefix.length()))
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Lease lease(String key, Duration timeout) throws InterruptedException {
    return store.lease(prefix + key, timeout);
  }

  @Override
  public void prepareWrite(String key, int length) {
    store.prepareWrite(prefix + key, length);
  }

  @Override
  public String description() {
    return store.description();
  }

  @Override
  public void close() {
    store.close();
  }

  private static String hash(String app) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(app.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
