package dev.latchkey.fuzz;

import static dev.latchkey.fuzz.FuzzTarget.check;
import static dev.latchkey.fuzz.FuzzTarget.refusable;
import static dev.latchkey.fuzz.FuzzTarget.text;

import com.google.gson.JsonObject;
import dev.latchkey.graph.User;
import dev.latchkey.graph.batch.BatchRequest;
import dev.latchkey.graph.drive.DriveInfo;
import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.graph.error.GraphException;
import dev.latchkey.graph.fixture.CountingTokens;
import dev.latchkey.graph.fixture.QuickTime;
import dev.latchkey.graph.internal.batch.BatchRun;
import dev.latchkey.graph.internal.http.GraphCall;
import dev.latchkey.graph.internal.http.GraphConfig;
import dev.latchkey.graph.internal.http.GraphHttp;
import dev.latchkey.graph.internal.http.PageIterator;
import dev.latchkey.graph.internal.http.RetryPolicy;
import dev.latchkey.graph.internal.transfer.ReadContentVersion;
import dev.latchkey.graph.internal.transfer.ReadUploadSession;
import dev.latchkey.graph.mail.Message;
import dev.latchkey.graph.planner.PlannerTask;
import dev.latchkey.graph.teams.Channel;
import dev.latchkey.graph.teams.ChannelMessage;
import dev.latchkey.graph.teams.Team;
import dev.latchkey.internal.http.ExchangeReports;
import dev.latchkey.internal.http.SecureUri;
import dev.latchkey.internal.text.Text;
import dev.latchkey.internal.time.Time;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** The parsers of what Graph says, each by the way that its bytes come. */
enum GraphBytes implements FuzzTarget {
  LISTING(GraphBytes::listing),
  DRIVE_ITEM(GraphBytes::driveItem),
  OTHER_OBJECT(GraphBytes::otherObject),
  CONTENT_RANGE(GraphBytes::contentRange),
  BATCH(GraphBytes::batch),
  LINK(GraphBytes::link),
  UPLOAD_SESSION(GraphBytes::uploadSession),
  GRAPH_ERROR(GraphBytes::error);

  private static final URI BASE = URI.create("https://graph.example.com/v1.0");
  private static final GraphCall CALL = GraphCall.get("read", URI.create(BASE + "/me"));
  private static final long SIZE = 1 << 20;

  @SuppressWarnings("ImmutableEnumChecker") // a reference to a static method
  private final Consumer<byte[]> parser;

  GraphBytes(Consumer<byte[]> parser) {
    this.parser = parser;
  }

  @Override
  public void read(byte[] input) {
    parser.accept(input);
  }

  private static GraphHttp answering(int status, Map<String, List<String>> headers, byte[] body) {
    InProcessClient client = new InProcessClient(status, headers, body);
    Duration limit = Duration.ofMinutes(10);
    return new GraphHttp(
        new GraphConfig(
            new CountingTokens("Files.ReadWrite"),
            BASE,
            () -> client,
            RetryPolicy.of(2, limit),
            limit,
            limit,
            "fuzz",
            ExchangeReports.NONE,
            new QuickTime(),
            Time.system()));
  }

  private static void listing(byte[] body) {
    GraphHttp http = answering(200, Map.of(), body);
    refusable(
        GraphException.class,
        () -> new PageIterator<>(http, CALL, DriveItem::fromJson).forEachRemaining(item -> {}));
  }

  private static void driveItem(byte[] body) {
    GraphHttp http = answering(200, Map.of(), body);
    refusable(GraphException.class, () -> http.send(CALL).read(DriveItem::fromJson));
  }

  private static void otherObject(byte[] body) {
    GraphHttp http = answering(200, Map.of(), body);
    List<Function<JsonObject, ?>> kinds =
        List.of(
            Message::fromJson,
            PlannerTask::fromJson,
            Team::fromJson,
            Channel::fromJson,
            ChannelMessage::fromJson,
            User::fromJson,
            DriveInfo::fromJson);
    for (Function<JsonObject, ?> kind : kinds) {
      refusable(GraphException.class, () -> http.send(CALL).read(kind));
    }
  }

  /** The three headers of a storage host, a line for each, about a part that begins at byte 3. */
  private static void contentRange(byte[] input) {
    String[] lines = text(input).split("\n", 3);
    List<String> names = List.of("Content-Range", "ETag", "Content-Length");
    Map<String, List<String>> fields = new HashMap<>();
    for (int i = 0; i < lines.length; i++) {
      fields.put(names.get(i), List.of(lines[i]));
    }
    Long total = ReadContentVersion.rest(HttpHeaders.of(fields, (name, value) -> true), 3);
    check(total == null || total >= 3, "a rest ends after its beginning");
  }

  private static void batch(byte[] body) {
    List<BatchRequest> requests =
        List.of(
            BatchRequest.get("1", "/me"),
            BatchRequest.post("2", "/me/messages", null),
            BatchRequest.delete("3", "/me/messages/1").dependsOn("2"));
    new BatchRun(answering(200, Map.of(), body), requests).run();
  }

  private static void link(byte[] input) {
    String link = text(input);
    URI next = answering(200, Map.of(), input).link(link);
    check(next == null || SecureUri.sameOrigin(BASE, next), "a token goes to Graph only");
    URI elsewhere = answering(200, Map.of(), input).elsewhere(link);
    check(elsewhere == null || SecureUri.allows(elsewhere), "content comes from a secure URI");
    GraphHttp redirecting = answering(302, Map.of("Location", List.of(link)), new byte[0]);
    refusable(GraphException.class, () -> redirecting.send(CALL.acceptingRedirects()).location());
  }

  private static void uploadSession(byte[] body) {
    GraphHttp http = answering(200, Map.of(), body);
    refusable(
        GraphException.class,
        () -> {
          long next = ReadUploadSession.next(http, SIZE);
          check(next >= 0 && next <= SIZE, "the next byte is one of the file");
        });
  }

  private static void error(byte[] body) {
    for (int status : new int[] {400, 401, 403, 410, 429}) {
      try {
        answering(status, Map.of(), body).send(CALL);
      } catch (GraphException e) {
        check(Text.isClean(String.valueOf(e.getMessage())), "a message can be shown");
      }
    }
  }
}
