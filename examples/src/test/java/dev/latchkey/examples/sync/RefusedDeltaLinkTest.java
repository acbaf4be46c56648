package dev.latchkey.examples.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.examples.fixture.Mirror;
import dev.latchkey.graph.error.GraphException;
import dev.latchkey.graph.error.MalformedAnswer;
import dev.latchkey.graph.error.ResyncRequired;
import dev.latchkey.testkit.Endpoint;
import dev.latchkey.testkit.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A link that Graph refuses for good does not end the mirror. */
class RefusedDeltaLinkTest {

  @TempDir Path directory;
  private Mirror mirror;

  @BeforeEach
  void start() {
    mirror = new Mirror(directory.resolve("mirror"));
    mirror.sync();
    mirror.drive.delete("Work/b.txt");
    mirror.drive.addFile("Work/new.txt", "new");
  }

  @AfterEach
  void stop() {
    mirror.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 410, 405})
  void refusedLinkStartsAgainWithoutDownloadingUnchangedFiles(int status) throws IOException {
    mirror.there.server.fail(Fault.status(status).to("GET", "/delta"));

    mirror.sync();

    assertUpToDate();
  }

  @Test
  void linkOfAnotherGraphStartsAgain() throws IOException {
    mirror.journal(
        "{\"page\":{\"items\":[],\"gone\":[],\"link\":\"https://elsewhere.example/delta\"}}");

    mirror.sync();

    assertUpToDate();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 410})
  void driveThatRefusesEveryLinkIsReportedAndLosesNothing(int status) throws IOException {
    mirror.there.server.fail(Fault.status(status).times(2).to("GET", "/delta"));

    assertThatThrownBy(mirror::sync).isInstanceOf(GraphException.class);
    mirror.sync();

    assertUpToDate();
  }

  @Test
  @Timeout(60)
  void driveWhoseLinksAlwaysExpireEndsTheRun() {
    mirror.there.server.graph().settings().pageSize(2);
    mirror.there.server.fail(
        Fault.meanwhile(mirror.there.server.graph()::expireDeltaTokens)
            .always()
            .to("GET", "/delta"));

    assertThatThrownBy(mirror::sync).isInstanceOf(ResyncRequired.class);
  }

  @Test
  @Timeout(60)
  void pagesInACircleEndTheRun() throws IOException {
    AtomicInteger page = new AtomicInteger();
    String url = mirror.there.server.graph().url() + "/me/drive/root/delta?circle=";
    mirror.there.server.fail(
        Fault.rewrite(
                body ->
                    body.replaceAll(
                        "\"@odata\\.(next|delta)Link\":\"[^\"]*\"",
                        "\"@odata.nextLink\":\"" + url + page.getAndIncrement() % 3 + "\""))
            .always()
            .to("GET", "/delta"));

    assertThatThrownBy(mirror::sync).isInstanceOf(MalformedAnswer.class);
    mirror.there.server.clearFaults();
    mirror.sync();

    assertUpToDate();
  }

  private void assertUpToDate() throws IOException {
    assertThat(mirror.files())
        .isEqualTo(Map.of("a.txt", "a", "new.txt", "new", "deep/er/c.txt", "c"));
    assertThat(mirror.told).containsExactlyInAnyOrder("downloaded new.txt", "deleted b.txt");
    assertThat(mirror.there.server.requests(Endpoint.DOWNLOAD)).hasSize(4);
  }
}
