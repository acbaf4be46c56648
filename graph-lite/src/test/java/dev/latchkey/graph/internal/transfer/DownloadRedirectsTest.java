package dev.latchkey.graph.internal.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.latchkey.graph.Drive;
import dev.latchkey.graph.GraphClients;
import dev.latchkey.graph.drive.ItemRef;
import dev.latchkey.graph.error.MalformedAnswer;
import dev.latchkey.graph.error.NotFound;
import dev.latchkey.graph.fixture.QuickTime;
import dev.latchkey.graph.fixture.ScriptedGraph;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the bytes of a file come from: Graph itself, or a host some redirects away. */
class DownloadRedirectsTest {

  private static final String TEXT = "twelve bytes";
  private static final String[] VERSION = {"ETag", "\"1\""};

  private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
  private final QuickTime time = new QuickTime();
  private ScriptedGraph graph;
  private ScriptedGraph storage;
  private Drive drive;

  @TempDir Path directory;

  @BeforeEach
  void start() throws IOException {
    graph = new ScriptedGraph();
    storage = new ScriptedGraph();
    drive = GraphClients.client(graph, time).drives().mine();
    graph.answer(200, "{\"id\":\"1\",\"name\":\"f\",\"size\":12,\"file\":{}}");
  }

  @AfterEach
  void stop() {
    graph.close();
    storage.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void redirectsAreFollowedWithoutTheToken(int redirects) {
    graph.answer(302, "", "Location", storage.url() + "/1?sig=a");
    for (int i = 2; i <= redirects; i++) {
      storage.answer(302, "moved", "Location", i % 2 == 0 ? "/" + i + "?sig=b" : i + "?sig=c");
    }
    storage.answer(200, TEXT);

    drive.download(ItemRef.path("f"), stream);

    assertThat(stream.toString(UTF_8)).isEqualTo(TEXT);
    assertThat(storage.asked())
        .hasSize(redirects)
        .allSatisfy(asked -> assertThat(asked.header("Authorization")).isEmpty());
  }

  @Test
  void redirectAfterRedirectEnds() {
    graph.answer(302, "", "Location", storage.url() + "/1?sig=a");
    for (int i = 1; i <= 5; i++) {
      storage.answer(302, "", "Location", "/1?sig=a");
    }

    assertThatThrownBy(() -> drive.download(ItemRef.path("f"), stream))
        .isInstanceOf(MalformedAnswer.class)
        .hasMessageContaining("redirect")
        .hasMessageNotContaining("sig");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://storage.example/f?sig=1", "ftp://127.0.0.1/f", ""})
  void laterRedirectMustBeSecureToo(String location) {
    graph.answer(302, "", "Location", storage.url() + "/1?sig=a");
    storage.answer(302, "", "Location", location);

    assertThatThrownBy(() -> drive.download(ItemRef.path("f"), stream))
        .isInstanceOf(MalformedAnswer.class)
        .hasMessageNotContaining("sig");
  }

  @Test
  void redirectBackToGraphGetsNoTokenEither() {
    graph.answer(302, "", "Location", storage.url() + "/1?sig=a");
    storage.answer(302, "", "Location", graph.url() + "/presigned?sig=b");
    graph.answer(200, TEXT);

    drive.download(ItemRef.path("f"), stream);

    assertThat(graph.asked().get(2).target()).isEqualTo("/v1.0/presigned?sig=b");
    assertThat(graph.asked().get(2).header("Authorization")).isEmpty();
  }

  @Test
  void redirectBackToTheContentItselfGetsNoTokenEither() {
    String content = "/v1.0/me/drive/items/1/content";
    graph.answer(302, "", "Location", storage.url() + "/1?sig=a");
    storage.answer(302, "", "Location", graph.url().resolve(content).toString());
    graph.line(DownloadRedirectsTest::cutInTheMiddle);
    graph.answer(206, " bytes", "ETag", "\"1\"", "Content-Range", "bytes 6-11/12");

    drive.download(ItemRef.path("f"), stream);

    assertThat(stream.toString(UTF_8)).isEqualTo(TEXT);
    assertThat(graph.asked().subList(1, 4))
        .allSatisfy(asked -> assertThat(asked.target()).isEqualTo(content))
        .extracting(asked -> asked.header("Authorization"))
        .containsExactly("Bearer token-1", "", "");
  }

  @Test
  void brokenDownloadResumesWhereItCameFromWithTheRange() {
    graph.answer(302, "", "Location", storage.url() + "/1?sig=a");
    storage.answer(302, "", "Location", "/2?sig=b");
    storage.line(DownloadRedirectsTest::cutInTheMiddle);
    // The host moves it once more.
    storage.answer(307, "", "Location", "/3?sig=c");
    storage.answer(206, " bytes", "ETag", "\"1\"", "Content-Range", "bytes 6-11/12");

    drive.download(ItemRef.path("f"), stream);

    assertThat(stream.toString(UTF_8)).isEqualTo(TEXT);
    assertThat(storage.asked().get(3).target()).isEqualTo("/3?sig=c");
    for (int i = 2; i <= 3; i++) {
      assertThat(storage.asked().get(i).header("Range")).isEqualTo("bytes=6-");
      assertThat(storage.asked().get(i).header("If-Range")).isEqualTo("\"1\"");
    }
  }

  @Test
  void bytesThatGraphSendsItselfAreTaken() {
    graph.answer(200, TEXT, VERSION);

    drive.download(ItemRef.path("f"), directory.resolve("f"));

    assertThat(directory.resolve("f")).hasContent(TEXT);
    assertThat(graph.asked().get(1).header("Authorization")).isEqualTo("Bearer token-1");
  }

  @Test
  void brokenDownloadFromGraphItselfResumesThereWithTheToken() {
    graph.line(DownloadRedirectsTest::cutInTheMiddle);
    graph.answer(206, " bytes", "ETag", "\"1\"", "Content-Range", "bytes 6-11/12");

    drive.download(ItemRef.path("f"), stream);

    assertThat(stream.toString(UTF_8)).isEqualTo(TEXT);
    assertThat(graph.asked().get(2).header("Range")).isEqualTo("bytes=6-");
    assertThat(graph.asked().get(2).header("Authorization")).isEqualTo("Bearer token-1");
  }

  @Test
  void fileThatGraphItselfDoesNotFindIsNotAskedForAgain() {
    graph.answer(404, "");

    assertThatThrownBy(() -> drive.download(ItemRef.path("f"), stream))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void locationWithCharactersThatNoUriMayHoldIsFollowed() {
    graph.answer(302, "", "Location", storage.url() + "/a b{c}|d?sig=\"e\"^50%");
    storage.answer(200, TEXT);

    drive.download(ItemRef.path("f"), stream);

    assertThat(storage.asked().get(0).target())
        .isEqualTo("/v1.0/a%20b%7Bc%7D%7Cd?sig=%22e%22%5E50%25");
  }

  private static void cutInTheMiddle(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().add("ETag", "\"1\"");
    exchange.sendResponseHeaders(200, 12);
    exchange.getResponseBody().write("twelve".getBytes(UTF_8));
    exchange.getResponseBody().flush();
    throw new IOException("cut");
  }
}
