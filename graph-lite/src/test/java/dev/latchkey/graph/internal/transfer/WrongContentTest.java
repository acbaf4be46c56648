package dev.latchkey.graph.internal.transfer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.graph.error.MalformedAnswer;
import dev.latchkey.graph.fixture.DriveFixture;
import dev.latchkey.internal.text.Sha256;
import dev.latchkey.testkit.Endpoint;
import dev.latchkey.testkit.Fault;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A storage host that answers 200 with something else than the file. */
class WrongContentTest extends DriveFixture {

  private static final int SIZE = 300_000;

  private static final String ERROR = "{\"error\":{\"code\":\"generalException\"}}";

  /** What came instead of a file. */
  enum Lie {
    WEB_PAGE(Fault.html()),
    CHUNKED_WEB_PAGE(chunked(Fault.html())),
    JSON(Fault.status(200).body(ERROR)),
    CHUNKED_JSON(chunked(Fault.status(200).body(ERROR))),
    NOTHING(Fault.empty()),
    SOMETHING(Fault.status(200)),
    ANOTHER_TYPE(Fault.status(200).header("Content-Type", "application/octet-stream"));

    @SuppressWarnings("ImmutableEnumChecker") // it is, but says so only in its Javadoc
    final Fault fault;

    Lie(Fault fault) {
      this.fault = fault;
    }
  }

  private Path target;

  @BeforeEach
  void keep() throws Exception {
    target = Files.writeString(directory.resolve("down"), "precious");
  }

  @ParameterizedTest
  @EnumSource
  void somethingElseDoesNotReplaceAGoodCopy(Lie lie) {
    for (String name : new String[] {"f.zip", "f.docx", "f.jpg"}) {
      put(name, bytes(SIZE), "", SIZE);
      server.fail(lie.fault.always().to(Endpoint.DOWNLOAD));

      assertThatThrownBy(() -> drive.download(at(name), target))
          .isInstanceOf(MalformedAnswer.class);
      assertThat(target).hasContent("precious");
      server.clearFaults();
    }
  }

  @ParameterizedTest
  @EnumSource
  void somethingElseForAHashedFileDoesNotReplaceAGoodCopy(Lie lie) {
    put("f.zip", bytes(SIZE), "quickXorHash\":\"" + quickXorHash(bytes(SIZE)), SIZE);
    server.fail(lie.fault.always().to(Endpoint.DOWNLOAD));

    assertThatThrownBy(() -> drive.download(at("f.zip"), target))
        .isInstanceOf(MalformedAnswer.class);
    assertThat(target).hasContent("precious");
  }

  @ParameterizedTest
  @EnumSource
  void somethingElseOnceIsRequestedAgain(Lie lie) {
    put("f.zip", bytes(SIZE), "quickXorHash\":\"" + quickXorHash(bytes(SIZE)), SIZE);
    server.fail(lie.fault.to(Endpoint.DOWNLOAD));

    drive.download(at("f.zip"), target);

    assertThat(target).hasBinaryContent(bytes(SIZE));
  }

  @ParameterizedTest
  @EnumSource(names = {"WEB_PAGE", "JSON", "CHUNKED_WEB_PAGE", "CHUNKED_JSON"})
  void streamReceivesNothingOfAWebPage(Lie lie) {
    put("f.zip", bytes(SIZE), "", SIZE);
    server.fail(lie.fault.always().to(Endpoint.DOWNLOAD));
    ByteArrayOutputStream stream = new ByteArrayOutputStream();

    assertThatThrownBy(() -> drive.download(at("f.zip"), stream))
        .isInstanceOf(MalformedAnswer.class)
        .hasMessageContaining("something else");
    assertThat(stream.size()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"WEB_PAGE", "JSON", "CHUNKED_WEB_PAGE", "CHUNKED_JSON"})
  void webPageIsNotKeptAsAFileOfWhichGraphReportsNoSize(Lie lie) {
    remote.addFile(folder + "f.zip", bytes(SIZE));
    server.fail(
        Fault.rewrite(body -> body.replace("\"size\":", "\"unknown\":"))
            .always()
            .to("GET", "(/f.zip|/items/[^/]+)$"),
        lie.fault.always().to(Endpoint.DOWNLOAD));

    assertThatThrownBy(() -> drive.download(at("f.zip"), target))
        .isInstanceOf(MalformedAnswer.class)
        .hasMessageContaining("something else");
    assertThat(target).hasContent("precious");
  }

  @ParameterizedTest
  @EnumSource(names = {"WEB_PAGE", "CHUNKED_WEB_PAGE"})
  void partOfAnEarlierProcessSurvivesAWebPage(Lie lie) throws Exception {
    put("f.zip", bytes(SIZE), "", SIZE);
    server.fail(
        Fault.cutAfter(200_000).to(Endpoint.DOWNLOAD),
        lie.fault.onRequest(1).always().to(Endpoint.DOWNLOAD));
    assertThatThrownBy(() -> drive.download(at("f.zip"), target))
        .isInstanceOf(MalformedAnswer.class);
    server.clearFaults();
    server.clearRequests();

    drive.download(at("f.zip"), target);

    assertThat(target).hasBinaryContent(bytes(SIZE));
    assertThat(server.requests(Endpoint.DOWNLOAD).get(0).header("Range").orElse(""))
        .startsWith("bytes=")
        .isNotEqualTo("bytes=0-");
  }

  @ParameterizedTest
  @CsvSource({
    "f.docx, 300000, 290000, true",
    "f.DOCX, 300000, 310000, true",
    "f.docx, 12000, 22000, true",
    "f.docx, 300000, 400000, false",
    "f.docx, 300000, 200000, false",
    "f.docx, 300000, 1, false",
    "f.heic, 300000, 250000, true",
    "f.jpg, 300000, 63, false",
    "f.zip, 300000, 299999, false",
    "f.zip, 300000, 300001, false",
    "f.docx.zip, 300000, 299999, false",
    "docx, 300000, 299999, false"
  })
  void onlySmallDifferencesOfOfficeFilesAndPhotosAreTolerated(
      String name, int reported, int actual, boolean good) {
    put(name, bytes(actual), "quickXorHash\":\"" + quickXorHash(bytes(reported)), reported);

    if (good) {
      drive.download(at(name), target);
      assertThat(target).hasBinaryContent(bytes(actual));
    } else {
      assertThatThrownBy(() -> drive.download(at(name), target))
          .isInstanceOf(MalformedAnswer.class);
      assertThat(target).hasContent("precious");
    }
  }

  @Test
  void webPageInThePlaceOfAnOfficeFileOfAlmostItsSizeIsNotTolerated() {
    put("f.docx", bytes(400), "", 400);
    String page = "<!doctype html>" + " ".repeat(380);
    server.fail(
        Fault.status(200)
            .body(page)
            .header("Content-Type", "text/html; charset=utf-8")
            .always()
            .to(Endpoint.DOWNLOAD));

    assertThatThrownBy(() -> drive.download(at("f.docx"), target))
        .isInstanceOf(MalformedAnswer.class);
    assertThat(target).hasContent("precious");
  }

  @Test
  void chunkedHtmlFileArrives() {
    String page = "<!doctype html>";
    put("f.html", page.getBytes(US_ASCII), "", page.length());
    server.fail(
        chunked(Fault.status(200).body(page).header("Content-Type", "text/html"))
            .to(Endpoint.DOWNLOAD));

    drive.download(at("f.html"), target);

    assertThat(target).hasContent(page);
  }

  @Test
  void htmlFileOfItsSizeArrives() {
    put("f.html", bytes(400), "", 400);

    drive.download(at("f.html"), target);

    assertThat(target).hasBinaryContent(bytes(400));
  }

  @ParameterizedTest
  @CsvSource({"300000, 300000", "300000, 200000"})
  void bytesWithTheHashAreRightWhateverTheSize(int reported, int actual) {
    put("f.pdf", bytes(actual), "quickXorHash\":\"" + quickXorHash(bytes(actual)), reported);

    drive.download(at("f.pdf"), target);

    assertThat(target).hasBinaryContent(bytes(actual));
  }

  @Test
  void sha256IsComparedWhereThereIsNoOtherHash() throws Exception {
    byte[] good = bytes(SIZE);
    String sha256 = HexFormat.of().withUpperCase().formatHex(Sha256.digest().digest(good));
    put("f.zip", good, "sha256Hash\":\"" + sha256, SIZE);
    drive.download(at("f.zip"), target);
    drive.download(at("f.zip"), new ByteArrayOutputStream());
    assertThat(target).hasBinaryContent(good);

    byte[] bad = Arrays.copyOf(good, SIZE);
    bad[SIZE / 2]++;
    remote.addFile(folder + "f.zip", bad);

    assertThatThrownBy(() -> drive.download(at("f.zip"), directory.resolve("other")))
        .isInstanceOf(MalformedAnswer.class)
        .hasMessageContaining("hash");
    assertThatThrownBy(() -> drive.download(at("f.zip"), new ByteArrayOutputStream()))
        .isInstanceOf(MalformedAnswer.class);
  }

  @Test
  void fileThatGrewSinceItWasLookedAtArrives() {
    remote.addFile(folder + "f.zip", bytes(1000));
    server.fail(
        Fault.meanwhile(() -> remote.addFile(folder + "f.zip", bytes(SIZE)))
            .to("GET", "/content$"));

    var item = drive.download(at("f.zip"), target);

    assertThat(target).hasBinaryContent(bytes(SIZE));
    assertThat(item.size()).isEqualTo(SIZE);
  }

  /** The same without a {@code Content-Length}. */
  private static Fault chunked(Fault fault) {
    return fault.header("Transfer-Encoding", "chunked");
  }

  /** Stores a file of which Graph reports this hash and this size. */
  private void put(String name, byte[] content, String hash, int size) {
    remote.addFile(folder + name, content);
    server.fail(
        Fault.rewrite(
                body ->
                    body.replace("\"size\":" + content.length, "\"size\":" + size)
                        .replace(
                            "\"file\":{",
                            hash.isEmpty()
                                ? "\"file\":{"
                                : "\"file\":{\"hashes\":{\"" + hash + "\"},"))
            .always()
            .to("GET", "(/" + name + "|/items/[^/]+)$"));
  }

  private static String quickXorHash(byte[] bytes) {
    ContentFingerprint hash = new ContentFingerprint(null);
    hash.update(bytes, bytes.length);
    return hash.quickXorHash();
  }
}
