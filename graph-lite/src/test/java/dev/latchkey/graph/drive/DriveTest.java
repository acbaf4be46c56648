package dev.latchkey.graph.drive;

import dev.latchkey.TokenSource;
import dev.latchkey.graph.http.GraphHttp;
import dev.latchkey.graph.http.Settings;
import dev.latchkey.testkit.FakeAuthorizationServer;
import dev.latchkey.testkit.FakeDrive;
import dev.latchkey.testkit.FakeGraph;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A drive in the fake Graph, and one at the library, whose waits take no time. */
abstract class DriveTest {

  static final int UNIT = UploadOptions.SLICE_UNIT;
  private static final AtomicInteger FOLDERS = new AtomicInteger();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  final FakeAuthorizationServer server = SharedServer.SERVER;
  final FakeGraph graph = server.graph();
  final FakeDrive remote = graph.drive(SharedServer.ADELE);
  final QuickTime time = new QuickTime();
  final Drive drive = drives(SharedServer.TOKENS).mine();

  /** A folder of this test's own, with a slash behind it. */
  final String folder = "test-" + FOLDERS.incrementAndGet() + "/";

  @TempDir Path directory;

  @BeforeEach
  void forgetTheOtherTests() {
    remote.addFolder(folder);
    server.clearRequests();
  }

  @AfterEach
  void leaveNothing() {
    server.clearFaults();
    graph.throttle(0, null);
    graph
        .settings()
        .ignoreRanges(false)
        .keepPartialSlices(false)
        .relativeLocations(false)
        .linksTo(null)
        .linksBeforeValue(false)
        .pageSize(200);
    graph.forgetUploadSessions();
    remote.quota(1L << 40);
    if (remote.exists(folder)) {
      remote.delete(folder);
    }
  }

  final Drives drives(TokenSource tokens) {
    return new Drives(new GraphHttp(settings(tokens, time, Duration.ofSeconds(20))));
  }

  /** The drive for a client that sends nothing twice. */
  final Drive withoutRetries() {
    Settings usual = settings(SharedServer.TOKENS, time, Duration.ofSeconds(20));
    Settings once =
        new Settings(
            usual.tokens(),
            usual.baseUrl(),
            usual.client(),
            usual.deadline(),
            1,
            usual.idleLimit(),
            usual.userAgent(),
            time);
    return new Drives(new GraphHttp(once)).mine();
  }

  final Settings settings(TokenSource tokens, QuickTime waits, Duration idleLimit) {
    return new Settings(
        tokens, graph.url(), CLIENT, Duration.ofMinutes(2), 6, idleLimit, "test", waits);
  }

  final ItemRef at(String name) {
    return ItemRef.path(folder + name);
  }

  /** A file of random bytes, the same for the same size. */
  final Path file(String name, int size) throws IOException {
    return Files.write(directory.resolve(name), bytes(size));
  }

  static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
