package dev.latchkey.graph;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.graph.batch.BatchRequest;
import dev.latchkey.graph.drive.DeltaPage;
import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.graph.drive.ItemRef;
import dev.latchkey.graph.drive.UploadOptions;
import dev.latchkey.graph.error.GraphException;
import dev.latchkey.graph.fixture.GraphModel;
import dev.latchkey.graph.fixture.MarkedTokens;
import dev.latchkey.graph.fixture.QuickTime;
import dev.latchkey.graph.mail.ItemBody;
import dev.latchkey.graph.mail.NewMessage;
import dev.latchkey.graph.mail.SendJournal;
import dev.latchkey.matrix.Faults;
import dev.latchkey.matrix.HostileServer;
import dev.latchkey.matrix.Marks;
import dev.latchkey.matrix.Matrix;
import dev.latchkey.matrix.Matrix.Case;
import dev.latchkey.matrix.TlsFaults;
import dev.latchkey.matrix.Watch;
import dev.latchkey.matrix.WireFault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every request to Graph meets every fault, at several positions. After each the call has failed
 * typed or gone well, a file is the old one or the whole new one, nothing was done twice that must
 * not be, no connection is open, and no secret was seen.
 */
@Tag("matrix")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class GraphFaultMatrixTest {

  private static final int ALWAYS = Integer.MAX_VALUE;
  private static final Duration PATIENT = Duration.ofSeconds(30);
  private static final Duration HASTY = Duration.ofMillis(400);
  private static final String OLD = "the old bytes";
  private static final WireFault NONE = new WireFault("no fault", true, false, wire -> true);

  @TempDir Path directory;
  private Path source;

  /** What the cases of one lane share. */
  record Lane(HostileServer server, Watch watch, HttpClient http, Path directory) {}

  /** One case: a client and the Graph that it meets. */
  record Begun(Lane lane, GraphModel model, GraphClient graph, WireFault fault) {

    Drive drive() {
      return graph.drives().mine();
    }

    Begun arm(int after, int times) {
      lane.server().arm(fault, after, times);
      return this;
    }
  }

  private interface Flow {
    void run(Begun begun) throws Exception;
  }

  @BeforeEach
  void makeTheSource() throws IOException {
    source = Files.write(directory.resolve("source.bin"), new byte[GraphModel.UPLOAD_SIZE]);
  }

  @Test
  void everyFaultOfEveryRequestEndsTypedAndDoesNothingTwice() throws Exception {
    try (TlsFaults tls = new TlsFaults(directory);
        Matrix<Lane> matrix =
            new Matrix<>("Graph", (server, watch) -> lane(server, watch, tls.context()))) {
      matrix.warmUp(
          new Case<>(
              "no fault",
              false,
              (lane, marks) -> {
                Begun begun = begin(lane, marks, NONE);
                me(begun);
                list(begun);
                download(begun);
                upload(begun);
                return false;
              }));

      reads(matrix);
      downloads(matrix);
      uploads(matrix);
      writes(matrix);
      noConnection(matrix, tls);

      tls.requests().forEach(matrix::finding);
      assertThat(matrix.findings()).isEmpty();
      assertThat(matrix.cases()).isGreaterThan(4_000);
    }
  }

  private void reads(Matrix<Lane> matrix) throws Exception {
    List<WireFault> user = faults("id", "displayName");
    run(matrix, "me", user, begun -> me(begun.arm(0, 1)));
    run(matrix, "me, each attempt", user, begun -> me(begun.arm(0, ALWAYS)));
    List<WireFault> page = faults("value", "@odata.nextLink");
    run(matrix, "first page", page, begun -> list(begun.arm(0, 1)));
    run(matrix, "second page", page, begun -> list(begun.arm(1, 1)));
    List<WireFault> changes = faults("value", "@odata.nextLink", "@odata.deltaLink");
    run(matrix, "first changes", changes, begun -> delta(begun.arm(0, 1)));
    run(matrix, "last changes", changes, begun -> delta(begun.arm(1, 1)));
  }

  private void downloads(Matrix<Lane> matrix) throws Exception {
    run(matrix, "item of a download", faults("id", "size", "file"), b -> download(b.arm(0, 1)));
    run(matrix, "content", faults(), begun -> download(begun.arm(1, 1)));
    run(matrix, "bytes", faults(), begun -> download(begun.arm(2, 1)));
    run(matrix, "bytes, each attempt", faults(), begun -> download(begun.arm(2, ALWAYS)));
  }

  private void uploads(Matrix<Lane> matrix) throws Exception {
    List<WireFault> item = faults("id", "size");
    run(matrix, "small upload", item, begun -> smallUpload(begun.arm(0, 1)));
    List<WireFault> session = faults("uploadUrl");
    run(matrix, "upload session", session, begun -> upload(begun.arm(1, 1)));
    List<WireFault> slice = faults("nextExpectedRanges");
    run(matrix, "first slice", slice, begun -> upload(begun.arm(2, 1)));
    run(matrix, "last slice", item, begun -> upload(begun.arm(3, 1)));
  }

  private void writes(Matrix<Lane> matrix) throws Exception {
    run(matrix, "mail", faults(), begun -> mail(begun.arm(0, 1)));
    run(matrix, "mail, each attempt", faults(), begun -> mail(begun.arm(0, ALWAYS)));
    run(matrix, "batch", faults("responses"), begun -> batch(begun.arm(0, 1)));
    run(matrix, "search of the outbox", faults("value"), begun -> outbox(begun.arm(0, 1)));
    run(matrix, "draft of the outbox", faults("id"), begun -> outbox(begun.arm(1, 1)));
    run(matrix, "mail of the outbox", faults(), begun -> outbox(begun.arm(2, 1)));
  }

  private void noConnection(Matrix<Lane> matrix, TlsFaults tls) throws Exception {
    List<Case<Lane>> cases = new ArrayList<>();
    tls.places()
        .forEach(
            (what, place) -> {
              boolean slow = TlsFaults.isSlow(what);
              WireFault fault = new WireFault(what, true, slow, wire -> true);
              cases.add(
                  new Case<>(
                      "me, " + what,
                      slow,
                      (lane, marks) ->
                          failed(
                              begin(lane, marks, fault, URI.create(place + "/v1.0")),
                              GraphFaultMatrixTest::me)));
              cases.add(
                  new Case<>(
                      "bytes, " + what,
                      slow,
                      (lane, marks) -> {
                        Begun begun = begin(lane, marks, fault);
                        begun.model().storageAt(place);
                        return failed(begun, GraphFaultMatrixTest::download);
                      }));
              cases.add(
                  new Case<>(
                      "slice, " + what,
                      slow,
                      (lane, marks) -> {
                        Begun begun = begin(lane, marks, fault);
                        begun.model().storageAt(place);
                        return failed(begun, this::upload);
                      }));
            });
    matrix.run("no connection", cases);
  }

  private static void me(Begun begun) {
    begun.lane().watch().see(begun.graph().me());
  }

  private static void list(Begun begun) {
    List<DriveItem> items = begun.drive().children(ItemRef.root()).toList();
    begun.lane().watch().see(items);
  }

  private static void delta(Begun begun) {
    DeltaPage page = begun.drive().delta(null);
    begun.lane().watch().see(page);
    for (int pages = 1; !page.isLast(); pages++) {
      require(pages < 10, "the changes have no end");
      page = begun.drive().delta(page.link());
    }
  }

  private static void download(Begun begun) throws IOException {
    Path target = begun.lane().directory().resolve("target.txt");
    Files.deleteIfExists(target.resolveSibling("target.txt.part"));
    Files.deleteIfExists(target.resolveSibling("target.txt.part.version"));
    Files.writeString(target, OLD, US_ASCII);
    boolean whole = false;
    try {
      begun.lane().watch().see(begun.drive().download(ItemRef.id("i1"), target));
      whole = true;
    } finally {
      String there = Files.readString(target, ISO_8859_1);
      require(
          there.equals(GraphModel.content()) || (!whole && there.equals(OLD)),
          "the file is neither the old one nor the new one");
    }
  }

  private void upload(Begun begun) {
    UploadOptions options = UploadOptions.defaults().sliceSize(8 * UploadOptions.SLICE_UNIT);
    DriveItem item = begun.drive().upload(source, ItemRef.path("target.bin"), options);
    begun.lane().watch().see(item);
    require(
        begun.model().storedSize() == GraphModel.UPLOAD_SIZE,
        "reported as uploaded, and it is not");
  }

  private static void smallUpload(Begun begun) throws IOException {
    Path small = begun.lane().directory().resolve("small.txt");
    Files.writeString(small, "y".repeat(2_000), US_ASCII);
    begun.lane().watch().see(begun.drive().upload(small, ItemRef.path("target.bin")));
    require(begun.model().storedSize() == 2_000, "reported as uploaded, and it is not");
  }

  /** A status that says that nothing was done, after all was done: nobody can know. */
  private static boolean isALie(WireFault fault) {
    return fault.name().matches("(401|429|503|509) with the good body");
  }

  private static void mail(Begun begun) {
    try {
      begun
          .graph()
          .mail()
          .sendMail(NewMessage.of("Q3", ItemBody.text("Hi")).to("ann@example.com"), true);
      requireSent(begun);
    } finally {
      require(
          begun.model().mails() <= 1 || isALie(begun.fault()),
          "the mail was sent " + begun.model().mails() + " times");
    }
  }

  /** Sends a mail, and whatever becomes of it, sends it in the next run, which meets no fault. */
  private static void outbox(Begun begun) {
    Outbox outbox = begun.graph().mail().outbox(new MemoryJournal());
    NewMessage message = NewMessage.of("Q3", ItemBody.text("Hi")).to("ann@example.com");
    try {
      outbox.send("key", message);
      requireSent(begun);
    } finally {
      sendInTheNextRun(outbox, message);
      int mails = begun.model().mails();
      require(
          mails == 1
              || (mails == 2 && isALie(begun.fault()))
              || (mails == 0 && looksLikeGraphs(begun.fault())),
          "the mail was sent " + mails + " times");
    }
  }

  private static void requireSent(Begun begun) {
    require(
        begun.model().mails() > 0 || looksLikeGraphs(begun.fault()),
        "reported as sent, and it is not");
  }

  /** Whether somebody gives Graph's own answer to a mail in its place: nobody can know. */
  private static boolean looksLikeGraphs(WireFault fault) {
    return fault.name().equals("202 with nothing");
  }

  private static void sendInTheNextRun(Outbox outbox, NewMessage message) {
    try {
      outbox.send("key", message);
    } catch (GraphException e) {
      throw new AssertionError("the next run did not go on: " + e, e);
    }
  }

  /** Forgets everything with its case; those on the disk have tests of their own. */
  private static final class MemoryJournal implements SendJournal {

    private final Map<String, String> entries = new ConcurrentHashMap<>();

    @Override
    public @Nullable String read(String key) {
      return entries.get(key);
    }

    @Override
    public boolean replace(String key, @Nullable String expected, String entry) {
      return expected == null
          ? entries.putIfAbsent(key, entry) == null
          : entries.replace(key, expected, entry);
    }
  }

  private static void batch(Begun begun) {
    try {
      var responses =
          begun
              .graph()
              .batch()
              .send(
                  List.of(
                      BatchRequest.get("1", "/me"),
                      BatchRequest.post("2", "/me/drive/root/children", new JsonObject())));
      begun.lane().watch().see(responses);
    } finally {
      require(
          begun.model().folders() <= 1 || isALie(begun.fault()),
          "a folder came " + begun.model().folders() + " times");
    }
  }

  private void run(Matrix<Lane> matrix, String group, List<WireFault> faults, Flow flow)
      throws Exception {
    List<Case<Lane>> cases = new ArrayList<>();
    for (WireFault fault : faults) {
      cases.add(
          new Case<>(
              group + ", " + fault.name(),
              fault.slow(),
              (lane, marks) -> failed(begin(lane, marks, fault), flow)));
    }
    matrix.run(group, cases);
  }

  private static boolean failed(Begun begun, Flow flow) throws Exception {
    boolean failed = false;
    try {
      flow.run(begun);
    } catch (GraphException e) {
      failed = true;
      begun.lane().watch().see(e);
      begun.lane().watch().see(e.error());
    } catch (LatchkeyException e) {
      failed = true;
      begun.lane().watch().see(e);
      begun.lane().watch().see(e.oauthError());
    } catch (RuntimeException e) {
      begun.lane().watch().see(e);
      throw e;
    }
    for (HostileServer.Request request : begun.lane().server().requests()) {
      boolean elsewhere = request.header("host").startsWith("localhost");
      require(
          !elsewhere || request.header("authorization").isEmpty(),
          "a token went to another host: " + request.method());
    }
    return failed;
  }

  private static Begun begin(Lane lane, Marks marks, WireFault fault) {
    return begin(lane, marks, fault, lane.server().at("/v1.0"));
  }

  private static Begun begin(Lane lane, Marks marks, WireFault fault, URI baseUrl) {
    GraphModel model = new GraphModel(lane.server(), marks);
    lane.server().begin(marks, model);
    GraphClient graph =
        GraphClients.builder(new MarkedTokens(marks), baseUrl, new QuickTime())
            .httpClient(lane.http())
            .idleTimeout(fault.slow() ? HASTY : PATIENT)
            .requestTimeout(fault.slow() ? HASTY : PATIENT)
            .retries(2)
            .build();
    return new Begun(lane, model, graph, fault);
  }

  private Lane lane(HostileServer server, Watch watch, SSLContext tls) throws IOException {
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(tls)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    return new Lane(server, watch, http, Files.createTempDirectory(directory, "lane"));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  private static List<WireFault> faults(String... members) {
    return Faults.of(
        words -> {
          JsonObject error = new JsonObject();
          error.addProperty("code", "generalException");
          error.addProperty("message", words);
          JsonObject body = new JsonObject();
          body.add("error", error);
          return body.toString();
        },
        members);
  }
}
