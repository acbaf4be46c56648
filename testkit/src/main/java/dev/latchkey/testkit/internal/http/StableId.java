package dev.latchkey.testkit.internal.http;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** UUIDs that are the same in every run. */
public final class StableId {

  private StableId() {}

  public static String of(String seed) {
    return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
