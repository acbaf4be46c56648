package dev.latchkey.testkit.internal.graph.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.testkit.Endpoint;
import dev.latchkey.testkit.FakeDrive;
import dev.latchkey.testkit.Fault;
import dev.latchkey.testkit.fixture.GraphFixture;
import dev.latchkey.testkit.fixture.HttpApp;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class StorageTest extends GraphFixture {

  private final FakeDrive drive = graph.drive(ADELE);

  @Test
  void contentIsOnAnotherHostAndNeedsNoToken() throws Exception {
    drive.addFile("a.txt", "0123456789");

    HttpApp.Reply redirect = get("/me/drive/root:/a.txt:/content");
    String location = redirect.header("Location");

    assertThat(redirect.status()).isEqualTo(302);
    assertThat(URI.create(location).getPort()).isNotEqualTo(server.baseUrl().getPort());
    assertThat(bare(to(location)).body()).isEqualTo("0123456789");
    assertThat(get(location).status()).as("with a token").isEqualTo(401);
    assertThat(graph.leaks()).hasSize(1);
  }

  @Test
  void rangesCanBeRequested() throws Exception {
    drive.addFile("a.txt", "0123456789");
    String location = get("/me/drive/root:/a.txt:/content").header("Location");

    HttpApp.Reply middle = bare(to(location).header("Range", "bytes=2-4"));
    HttpApp.Reply rest = bare(to(location).header("Range", "bytes=7-"));
    HttpApp.Reply end = bare(to(location).header("Range", "bytes=-2"));
    HttpApp.Reply beyond = bare(to(location).header("Range", "bytes=10-"));

    assertThat(List.of(middle.body(), rest.body(), end.body())).containsExactly("234", "789", "89");
    assertThat(middle.status()).isEqualTo(206);
    assertThat(middle.header("Content-Range")).isEqualTo("bytes 2-4/10");
    assertThat(beyond.status()).isEqualTo(416);
    assertThat(beyond.header("Content-Range")).isEqualTo("bytes */10");
  }

  @Test
  void rangeMayBeIgnored() throws Exception {
    drive.addFile("a.txt", "0123456789");
    graph.settings().ignoreRanges(true);

    HttpApp.Reply reply =
        bare(
            to(get("/me/drive/root:/a.txt:/content").header("Location"))
                .header("Range", "bytes=7-"));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo("0123456789");
  }

  @Test
  void relativeLocationIsOfGraphItself() throws Exception {
    drive.addFile("a.txt", "a");
    graph.settings().relativeLocations(true);

    String location = get("/me/drive/root:/a.txt:/content").header("Location");

    assertThat(location).startsWith("/").doesNotContain("://");
    assertThat(get(server.baseUrl() + location).body()).isEqualTo("a");
  }

  @Test
  void downloadLinkIsValidForAnHourAndForOneFile() throws Exception {
    String other = drive.addFile("other.txt", "other");
    String id = drive.addFile("a.txt", "a");
    String location = get("/me/drive/root:/a.txt:/content").header("Location");

    int forged = bare(to(location.replace(id, other))).status();
    server.advanceClock(Duration.ofMinutes(61));
    int late = bare(to(location)).status();

    assertThat(List.of(forged, late)).containsExactly(401, 401);
  }

  @Test
  void connectionBreaksAfterTheGivenBytesAndTheRestCanBeDownloaded() throws Exception {
    drive.addGeneratedFile("big.bin", 1_000_000);
    server.fail(Fault.cutAfter(600_000).to(Endpoint.DOWNLOAD));
    String location = get("/me/drive/root:/big.bin:/content").header("Location");

    HttpResponse<InputStream> broken =
        app.http().send(to(location).build(), BodyHandlers.ofInputStream());
    assertThatThrownBy(() -> broken.body().readAllBytes()).isInstanceOf(IOException.class);
    HttpResponse<byte[]> rest =
        app.http()
            .send(
                to(location).header("Range", "bytes=600000-").build(), BodyHandlers.ofByteArray());

    assertThat(rest.body()).hasSize(400_000);
    assertThat(rest.body()).endsWith(drive.fileContent("big.bin")[999_999]);
  }

  @Test
  void generatedFileIsTheSameEachTimeAndFromAnyOffset() throws Exception {
    drive.addGeneratedFile("big.bin", 20_000_003);
    String location = get("/me/drive/root:/big.bin:/content").header("Location");

    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    copy(location, "bytes=0-9999998", digest);
    copy(location, "bytes=9999999-", digest);

    assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(drive.sha256("big.bin"));
    assertThat(drive.size("big.bin")).isEqualTo(20_000_003);
  }

  @Test
  void folderHasNoContent() throws Exception {
    drive.addFolder("Folder");

    assertThat(get("/me/drive/root:/Folder:/content").status()).isEqualTo(400);
    assertThat(get("/me/drive/root:/nothing:/content").status()).isEqualTo(404);
  }

  private void copy(String location, String range, MessageDigest digest) throws Exception {
    HttpRequest request = to(location).header("Range", range).build();
    try (InputStream in =
        new DigestInputStream(
            app.http().send(request, BodyHandlers.ofInputStream()).body(), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
