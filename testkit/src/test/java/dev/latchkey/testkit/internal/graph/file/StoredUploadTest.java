package dev.latchkey.testkit.internal.graph.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.testkit.Endpoint;
import dev.latchkey.testkit.FakeDrive;
import dev.latchkey.testkit.Fault;
import dev.latchkey.testkit.fixture.GraphFixture;
import dev.latchkey.testkit.fixture.HttpApp;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StoredUploadTest extends GraphFixture {

  private static final int UNIT = 327_680;

  private final FakeDrive drive = graph.drive(ADELE);
  private final byte[] source = random(2 * UNIT + 1);

  @Test
  void smallFileIsUploadedAtOnceAndItsFoldersAreCreated() throws Exception {
    HttpApp.Reply created = put("/me/drive/root:/New/Folder/a.txt:/content", "first");
    HttpApp.Reply replaced = put("/me/drive/root:/New/Folder/a.txt:/content", "second");
    HttpApp.Reply refused =
        put("/me/drive/root:/new/folder/A.txt:/content?@microsoft.graph.conflictBehavior=fail", "");
    HttpApp.Reply renamed =
        put(
            "/me/drive/root:/New/Folder/a.txt:/content?@microsoft.graph.conflictBehavior=rename",
            "third");

    assertThat(created.status()).isEqualTo(201);
    assertThat(replaced.status()).isEqualTo(200);
    assertThat(replaced.get("id")).isEqualTo(created.get("id"));
    assertThat(replaced.get("eTag")).isNotEqualTo(created.get("eTag"));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(renamed.get("name")).isEqualTo("a 1.txt");
    assertThat(drive.fileText("New/Folder/a.txt")).isEqualTo("second");
    assertThat(drive.fileText("New/Folder/a 1.txt")).isEqualTo("third");
  }

  @Test
  void largeFileIsUploadedInSlicesTheLastOfOneByte() throws Exception {
    String url = begin("/me/drive/root:/big.bin:", "{}");

    HttpApp.Reply first = slice(url, 0, 2 * UNIT);
    HttpApp.Reply status = bare(to(url));
    HttpApp.Reply last = slice(url, 2 * UNIT, source.length);

    assertThat(first.status()).isEqualTo(202);
    assertThat(first.json().getAsJsonArray("nextExpectedRanges").get(0).getAsString())
        .isEqualTo("655360-");
    assertThat(status.json()).isEqualTo(first.json());
    assertThat(last.status()).isEqualTo(201);
    assertThat(last.get("size")).isEqualTo(Integer.toString(source.length));
    assertThat(drive.fileContent("big.bin")).isEqualTo(source);
    assertThat(bare(to(url)).status()).as("the session is over").isEqualTo(404);
    assertThat(graph.uploadSessions()).isZero();
  }

  @Test
  void uploadUrlRefusesAToken() throws Exception {
    String url = begin("/me/drive/root:/big.bin:", "{}");

    HttpApp.Reply refused = put(url, "x", "Content-Range", "bytes 0-0/1");

    assertThat(refused.status()).isEqualTo(401);
    assertThat(drive.exists("big.bin")).isFalse();
    assertThat(graph.leaks()).hasSize(1);
    assertThat(graph.leaks().get(0).endpoint()).isEqualTo(Endpoint.UPLOAD);
    assertThat(graph.leaks().get(0).header("Authorization")).contains("***");
  }

  @Test
  void uploadUrlIsASecretThatTheLogHides() throws Exception {
    String url = begin("/me/drive/root:/big.bin:", "{}");
    slice(url, 0, UNIT);

    String secret = url.substring(url.indexOf("tempauth=") + "tempauth=".length());

    assertThat(server.secrets()).contains(secret);
    assertThat(graph.requests("PUT", "uploadSession").get(0).query())
        .containsEntry("tempauth", "***");
    assertThat(bare(to(url.replace(secret, "guess"))).status()).isEqualTo(404);
  }

  @Test
  void sliceOfAnOddSizeIsRefused() throws Exception {
    String url = begin("/me/drive/root:/big.bin:", "{}");

    HttpApp.Reply odd = slice(url, 0, 1000);
    HttpApp.Reply without = bare(to(url).PUT(BodyPublishers.ofByteArray(source)));
    HttpApp.Reply mismatch =
        bare(to(url).PUT(BodyPublishers.ofString("x")).header("Content-Range", "bytes 0-1/2"));

    assertThat(List.of(odd.status(), without.status(), mismatch.status()))
        .containsExactly(400, 400, 400);
    assertThat(code(odd)).isEqualTo("invalidRequest");
  }

  @Test
  void sliceOutOfOrderIsRefusedAndSoIsARepeatedOne() throws Exception {
    String url = begin("/me/drive/root:/big.bin:", "{}");

    HttpApp.Reply early = slice(url, UNIT, 2 * UNIT);
    slice(url, 0, UNIT);
    HttpApp.Reply again = slice(url, 0, UNIT);

    assertThat(List.of(early.status(), again.status())).containsExactly(416, 416);
    assertThat(inner(early)).isEqualTo("fragmentOutOfOrder");
    assertThat(inner(again)).isEqualTo("fragmentOverlap");
  }

  @Test
  void sliceWhoseAnswerIsLostIsCounted() throws Exception {
    String url = begin("/me/drive/root:/big.bin:", "{}");
    server.fail(Fault.drop().afterActing().to(Endpoint.UPLOAD));

    assertThatThrownBy(() -> slice(url, 0, UNIT)).isInstanceOf(IOException.class);
    HttpApp.Reply again = slice(url, 0, UNIT);
    HttpApp.Reply status = bare(to(url));
    slice(url, UNIT, source.length);

    assertThat(again.status()).isEqualTo(416);
    assertThat(status.body()).contains("\"327680-\"");
    assertThat(drive.fileContent("big.bin")).isEqualTo(source);
  }

  @Test
  void failedSliceIsNotCounted() throws Exception {
    String url = begin("/me/drive/root:/big.bin:", "{}");
    server.fail(Fault.status(503).to("PUT", "/uploadSession/"));

    HttpApp.Reply failed = slice(url, 0, 2 * UNIT);
    HttpApp.Reply status = bare(to(url));

    assertThat(failed.status()).isEqualTo(503);
    assertThat(status.body()).contains("\"0-\"");
  }

  @Test
  void uploadSessionCanBeDeletedAndDiscarded() throws Exception {
    String given = begin("/me/drive/root:/a.bin:", "{}");
    String forgotten = begin("/me/drive/root:/b.bin:", "{}");

    int givenUp = bare(to(given).DELETE()).status();
    int after = slice(given, 0, UNIT).status();
    graph.forgetUploadSessions();
    int unknown = slice(forgotten, 0, UNIT).status();

    assertThat(List.of(givenUp, after, unknown)).containsExactly(204, 404, 404);
  }

  @Test
  void fullDriveRefusesUploads() throws Exception {
    drive.quota(UNIT);

    HttpApp.Reply small = put("/me/drive/root:/a.txt:/content", "x".repeat(UNIT + 1));
    HttpApp.Reply announced =
        post(
            "/me/drive/root:/big.bin:/createUploadSession",
            "{\"item\":{\"fileSize\":" + source.length + "}}");
    HttpApp.Reply slice = slice(begin("/me/drive/root:/big.bin:", "{}"), 0, 2 * UNIT);

    assertThat(List.of(small.status(), announced.status(), slice.status()))
        .containsExactly(507, 507, 507);
    assertThat(code(slice)).isEqualTo("quotaLimitReached");
  }

  @Test
  void takenNameIsAConflictAtTheStartOrAtTheEnd() throws Exception {
    String fail = "{\"item\":{\"@microsoft.graph.conflictBehavior\":\"fail\"}}";
    String url = begin("/me/drive/root:/big.bin:", fail);
    drive.addFile("big.bin", "first");

    HttpApp.Reply atOnce = post("/me/drive/root:/big.bin:/createUploadSession", fail);
    slice(url, 0, 2 * UNIT);
    HttpApp.Reply inTheEnd = slice(url, 2 * UNIT, source.length);

    assertThat(List.of(atOnce.status(), inTheEnd.status())).containsExactly(409, 409);
    assertThat(code(inTheEnd)).isEqualTo("nameAlreadyExists");
    assertThat(drive.fileText("big.bin")).isEqualTo("first");
  }

  @Test
  void itemReplacedByIdKeepsItsId() throws Exception {
    String id = drive.addFile("big.bin", "before");

    HttpApp.Reply last = upload(begin("/me/drive/items/" + id, "{}"));

    assertThat(last.status()).isEqualTo(200);
    assertThat(last.get("id")).isEqualTo(id);
    assertThat(drive.fileContent("big.bin")).isEqualTo(source);
  }

  @Test
  void sliceWhoseConnectionBreaksIsNotCounted() throws Exception {
    String url = begin("/me/drive/root:/big.bin:", "{}");

    cutOff(url, 1000);
    upload(url);

    assertThat(drive.fileContent("big.bin")).isEqualTo(source);
  }

  @Test
  void sliceWhoseConnectionBreaksMayBeKeptInPart() throws Exception {
    graph.settings().keepPartialSlices(true);
    String url = begin("/me/drive/root:/big.bin:", "{}");

    cutOff(url, 1000);
    HttpApp.Reply status = bare(to(url));
    slice(url, 1000, 1000 + UNIT);
    slice(url, 1000 + UNIT, source.length);

    assertThat(status.body()).contains("\"1000-\"");
    assertThat(drive.fileContent("big.bin")).isEqualTo(source);
  }

  /** Announces a whole slice, sends some bytes of it and waits until the server has taken them. */
  private void cutOff(String url, int bytes) throws IOException, InterruptedException {
    URI uri = URI.create(url);
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      String head =
          "PUT %s?%s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\nContent-Range: bytes 0-%d/%d\r\n\r\n"
              .formatted(uri.getPath(), uri.getRawQuery(), UNIT, UNIT - 1, source.length);
      OutputStream out = socket.getOutputStream();
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.write(source, 0, bytes);
      out.flush();
      socket.shutdownOutput();
      assertThat(socket.getInputStream().readAllBytes()).as("no answer to a half").isEmpty();
    }
  }

  private HttpApp.Reply upload(String url) throws IOException, InterruptedException {
    slice(url, 0, 2 * UNIT);
    return slice(url, 2 * UNIT, source.length);
  }

  private String begin(String item, String body) throws IOException, InterruptedException {
    return post(item + "/createUploadSession", body).get("uploadUrl");
  }

  private HttpApp.Reply slice(String url, int from, int to)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        to(url)
            .PUT(BodyPublishers.ofByteArray(Arrays.copyOfRange(source, from, to)))
            .header("Content-Range", "bytes %d-%d/%d".formatted(from, to - 1, source.length));
    return bare(request);
  }

  private static String inner(HttpApp.Reply reply) {
    return error(reply).getAsJsonObject("innererror").get("code").getAsString();
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(7).nextBytes(bytes);
    return bytes;
  }
}
