package dev.latchkey.testkit.internal.graph.file;

import dev.latchkey.testkit.internal.graph.call.GraphFailure;
import dev.latchkey.testkit.internal.graph.drive.NameConflict;
import dev.latchkey.testkit.internal.graph.drive.StoredDrive;
import dev.latchkey.testkit.internal.graph.drive.Target;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The open upload sessions. Thread-safe. */
public final class Uploads {

  static final String PATH = "/_api/v2.0/uploadSession/";
  private static final Duration LIFETIME = Duration.ofDays(1);

  private final Map<String, StoredUpload> byId = new ConcurrentHashMap<>();
  private final AtomicInteger lastId = new AtomicInteger();
  private final TemporaryFiles files;
  private final Supplier<String> secrets;
  private final InstantSource clock;

  public Uploads(TemporaryFiles files, Supplier<String> secrets, InstantSource clock) {
    this.files = files;
    this.secrets = secrets;
    this.clock = clock;
  }

  StoredUpload begin(StoredDrive drive, Target target, NameConflict conflict) {
    StoredUpload session =
        new StoredUpload(
            Integer.toString(lastId.incrementAndGet()),
            secrets.get(),
            drive,
            target,
            conflict,
            files.create(),
            clock.instant().plus(LIFETIME));
    byId.put(session.id, session);
    return session;
  }

  StoredUpload get(String id, @Nullable String secret) {
    StoredUpload session = byId.get(id);
    if (session == null || !session.secret.equals(secret) || session.isExpiredAt(clock.instant())) {
      throw GraphFailure.of(
          404, "itemNotFound", "The upload session was not found.", "uploadSessionNotFound");
    }
    return session;
  }

  /** Ends a complete session and keeps its file. */
  void end(StoredUpload session) {
    byId.remove(session.id);
  }

  void forget(StoredUpload session) {
    end(session);
    session.discard();
  }

  public void forgetAll() {
    byId.values().forEach(this::forget);
  }

  public int count() {
    return byId.size();
  }
}
