package dev.latchkey.graph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.graph.drive.ItemRef;
import dev.latchkey.graph.drive.UploadOptions;
import dev.latchkey.graph.error.MalformedAnswer;
import dev.latchkey.graph.fixture.DriveFixture;
import dev.latchkey.graph.fixture.SharedServer;
import dev.latchkey.graph.internal.http.GraphConfig;
import dev.latchkey.graph.internal.http.GraphHttp;
import dev.latchkey.graph.internal.http.RetryPolicy;
import dev.latchkey.internal.http.ExchangeReports;
import dev.latchkey.testkit.Endpoint;
import dev.latchkey.testkit.Fault;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Tests what all calls of a drive have in common: tokens, secrets, threads, connections. */
class DrivesTest extends DriveFixture {

  private static final int SIZE = 14 * UNIT;

  @Test
  void listingOutlivesItsTokenWithOneRefresh() {
    remote.addManyItems(folder + "many", 1000);
    graph.settings().pageSize(100);
    int before = server.redemptions();
    server.fail(Fault.meanwhile(server::expireAccessTokens).onRequest(5).to("GET", "/children"));

    long listed = drive.children(at("many")).stream().count();

    assertThat(listed).isEqualTo(1000);
    assertThat(server.redemptions()).isEqualTo(before + 1);
    assertThat(graph.requests("GET", "/children")).hasSize(11);
  }

  @Test
  void uploadOutlivesItsTokenUnnoticed() throws Exception {
    server.fail(
        Fault.meanwhile(server::expireAccessTokens).onRequest(5).to("PUT", "/uploadSession/"));

    drive.upload(file("f", SIZE), at("f"), UploadOptions.defaults().sliceSize(UNIT));
    drive.download(at("f"), directory.resolve("g"));

    assertThat(directory.resolve("g")).hasBinaryContent(bytes(SIZE));
  }

  @Test
  void tokenGoesToNoOtherHost() throws Exception {
    for (int i = 0; i < 4; i++) {
      remote.addFile(folder + i, "x");
    }
    drive.upload(file("f", SIZE), at("f"));
    drive.download(at("f"), new ByteArrayOutputStream());
    graph.settings().linksTo(graph.storageUrl()).pageSize(2);

    assertThatThrownBy(() -> drive.children(ItemRef.path(folder)).toList())
        .isInstanceOf(MalformedAnswer.class);
    assertThatThrownBy(() -> drive.delta(null)).isInstanceOf(MalformedAnswer.class);
    assertThat(graph.leaks()).isEmpty();
    assertThat(server.requests(Endpoint.UPLOAD)).isNotEmpty();
    assertThat(server.requests(Endpoint.DOWNLOAD)).isNotEmpty();
  }

  @Test
  void noTokenAccompaniesPresignedUrlsOnTheGraphHost() {
    remote.addFile(folder + "f", "x");
    graph.settings().relativeLocations(true);

    drive.download(at("f"), new ByteArrayOutputStream());

    assertThat(server.requests(Endpoint.DOWNLOAD)).hasSize(1).noneMatch(r -> r.isAuthorized());
  }

  @Test
  void secretsAppearInNoLog() throws Exception {
    Logger ours = (Logger) LoggerFactory.getLogger("dev.latchkey");
    ListAppender<ILoggingEvent> appender = new ListAppender<>();
    appender.list = Collections.synchronizedList(new ArrayList<>());
    appender.start();
    ours.addAppender(appender);
    ours.setLevel(Level.TRACE);
    ours.setAdditive(false);
    List<String> said = new ArrayList<>();
    try {
      Path file = file("f", SIZE);
      server.fail(Fault.drop().times(2).to("PUT", "/uploadSession/"));
      drive.upload(file, at("f"), UploadOptions.defaults().checkpoint(directory.resolve("c")));
      server.fail(Fault.cutAfter(9999).to(Endpoint.DOWNLOAD));
      drive.download(at("f"), directory.resolve("g"));
      server.fail(Fault.status(400).to("PUT", "/uploadSession/"));
      assertThatThrownBy(() -> drive.upload(file, at("f")))
          .satisfies(failure -> said.add(failure.toString()));
      server.fail(Fault.drop().always().to("PUT", "/uploadSession/"));
      assertThatThrownBy(() -> drive.upload(file, at("f")))
          .satisfies(failure -> said.add(failure + " " + failure.getCause()));
    } finally {
      ours.setAdditive(true);
      ours.setLevel(null);
      ours.detachAppender(appender);
    }
    appender.list.forEach(event -> said.add(event.getFormattedMessage()));

    assertThat(said).hasSizeGreaterThan(20);
    assertThat(String.join("\n", said))
        .contains("PUT http://127.0.0.1:")
        .doesNotContain("tempauth")
        .doesNotContain("uploadSession/")
        .doesNotContain(server.secrets().toArray(new String[0]));
  }

  @Test
  void plainHttpIsNotFollowedFromHttps() {
    GraphHttp https =
        new GraphHttp(
            new GraphConfig(
                SharedServer.TOKENS,
                URI.create("https://graph.example/v1.0"),
                GraphConfig.lazyClient(null),
                RetryPolicy.of(1, Duration.ZERO),
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                "test",
                ExchangeReports.NONE,
                time,
                time));

    assertThat(https.elsewhere("https://storage.example/u?s=1")).isNotNull();
    assertThat(https.elsewhere("http://127.0.0.1/u?s=1")).isNull();
    assertThat(https.elsewhere("http://storage.example/u?s=1")).isNull();
  }

  @Test
  void eightThreadsShareOneDriveAndOneRefresh() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    int before = server.redemptions();
    server.fail(
        Fault.meanwhile(server::expireAccessTokens).onRequest(4).to("POST", "createUploadSession"));
    try {
      List<Callable<Boolean>> transfers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String name = "f" + i;
        int size = SIZE + i;
        Path up = file(name, size);
        Path down = directory.resolve(name + ".down");
        transfers.add(
            () -> {
              drive.upload(up, at(name), UploadOptions.defaults().sliceSize(4 * UNIT));
              drive.download(at(name), down);
              assertThat(drive.children(ItemRef.path(folder)).toList()).isNotEmpty();
              assertThat(down).hasBinaryContent(bytes(size));
              return true;
            });
      }

      List<Future<Boolean>> done = threads.invokeAll(transfers);

      for (Future<Boolean> each : done) {
        assertThat(each.get()).isTrue();
      }
      assertThat(server.redemptions()).isEqualTo(before + 1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void noConnectionIsHeldBetweenTwoElements() throws Exception {
    List<Integer> ports = Collections.synchronizedList(new ArrayList<>());
    HttpServer single =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String base = "http://127.0.0.1:" + single.getAddress().getPort();
    single.createContext(
        "/",
        exchange -> {
          ports.add(exchange.getRemoteAddress().getPort());
          String body =
              "{\"id\":\"1\",\"value\":[{\"id\":\"1\"},{\"id\":\"2\"}],\"@odata.nextLink\":\""
                  + (base + "/next/" + ports.size())
                  + "\"}";
          exchange.sendResponseHeaders(200, body.length());
          exchange.getResponseBody().write(body.getBytes(UTF_8));
          exchange.close();
        });
    single.start();
    try {
      Drive other =
          GraphClient.builder(SharedServer.TOKENS)
              .baseUrl(URI.create(base))
              .build()
              .drives()
              .mine();

      Iterator<DriveItem> walk = other.children(ItemRef.root()).iterator();
      for (int i = 0; i < 5; i++) {
        walk.next();
        // The connection is free while the caller works on an element.
        other.item(ItemRef.root());
      }

      assertThat(ports).hasSize(8);
      assertThat(ports).containsOnly(ports.get(0));
    } finally {
      single.stop(0);
    }
  }
}
