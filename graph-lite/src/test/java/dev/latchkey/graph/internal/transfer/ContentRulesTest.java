package dev.latchkey.graph.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.graph.drive.DriveItem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which bytes may be those of an item, by size, hash, name and type: the rules at their limits. */
class ContentRulesTest {

  private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);
  private static final String QUICK_XOR = "aCgDG9jwBgAAAAAABQAAAAAAAAA=";
  private static final String SHA256 =
      "2CF24DBA5FB0A30E26E83B2AC5B9E29E1B161E5C1FA7425E73043362938B9824";
  private static final String OTHER = "AAAAAAAAAAAAAAAAAAAAAAAAAAA=";

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "5,     QUICK_XOR, ,       true",
    ",      QUICK_XOR, ,       true",
    "5,     ,          SHA256, true",
    "5,     ,          ,       true",
    ",      ,          ,       true",
    "4,     QUICK_XOR, ,       false",
    "6,     ,          ,       false",
    "5,     OTHER,     ,       false",
    "5,     ,          OTHER,  false",
    "5,     QUICK_XOR, OTHER,  true",
    "5,     OTHER,     SHA256, false",
  })
  void bytesMatchByTheirSizeAndTheHashThatGraphGives(
      @Nullable Long size, @Nullable String quickXor, @Nullable String sha256, boolean matches) {
    DriveItem item = file("notes.txt", size, hash(quickXor), hash(sha256));

    assertThat(hello(item).matches(item)).isEqualTo(matches);
    assertThat(hello(item).matches(item)).isEqualTo(matches);
  }

  @Test
  void folderHasNoHashToCompare() {
    DriveItem folder = item("notes", 5L, null);

    assertThat(hello(folder).matches(folder)).isTrue();
    assertThat(ContentFingerprint.isHashed(folder)).isFalse();
  }

  @Test
  void sha256IsComparedAgainAfterItWasTakenOnce() {
    DriveItem item = file("notes.txt", 5L, null, SHA256);
    ContentFingerprint hello = hello(item);

    assertThat(hello.matches(item)).isTrue();
    assertThat(hello.matches(item)).isTrue();
    assertThat(hello.matches(file("notes.txt", 5L, null, OTHER))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"QUICK_XOR, , true", ", SHA256, true", "QUICK_XOR, SHA256, true", ", , false"})
  void itemIsHashedByEitherHash(
      @Nullable String quickXor, @Nullable String sha256, boolean hashed) {
    DriveItem item = file("notes.txt", 5L, hash(quickXor), hash(sha256));

    assertThat(ContentFingerprint.isHashed(item)).isEqualTo(hashed);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 200_000})
  void fileHasTheHashOfItsBytes(int size) throws IOException {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i * 31);
    }
    Path file = Files.write(directory.resolve("bytes"), bytes);
    ContentFingerprint expected = new ContentFingerprint(null);
    expected.update(bytes, size);

    try (FileChannel channel = FileChannel.open(file)) {
      ContentFingerprint found = new ContentFingerprint(null).with(channel, Long.MAX_VALUE);

      assertThat(found.quickXorHash()).isEqualTo(expected.quickXorHash());
      assertThat(found.matches(file("f", (long) size, null, null))).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "photo.jpg, 6, QUICK_XOR, true",
    "notes.txt, 6, QUICK_XOR, true",
    "photo.jpg, 5, QUICK_XOR, false",
    "photo.jpg, ,  QUICK_XOR, false",
    "photo.jpg, 6, OTHER,     true",
    "notes.txt, 6, OTHER,     false",
    "notes.txt, 6, ,          false",
    "photo.jpg, 7, ,          false",
  })
  void bytesOfAnotherSizeMayBeRewrittenByTheirHashOrByTheTypeOfTheFile(
      String name, @Nullable Long size, @Nullable String quickXor, boolean rewritten) {
    DriveItem item = file(name, size, hash(quickXor), null);

    assertThat(hello(item).mayBeRewritten(item)).isEqualTo(rewritten);
  }

  @ParameterizedTest
  @CsvSource({
    "report.docx, 1_000_000, 750_000,   true",
    "report.docx, 1_000_000, 749_999,   false",
    "report.docx, 1_000_000, 1_250_000, true",
    "report.docx, 1_000_000, 1_250_001, false",
    "report.docx, 100,       65_636,    true",
    "report.docx, 100,       65_637,    false",
    "report.docx, 1,         1,         true",
    "report.docx, 1,         0,         false",
    "report.docx, 0,         0,         false",
    "report.txt,  1_000_000, 1_000_000, false",
    "report.txt,  1_000_000, 999_999,   false",
  })
  void rewritingChangesTheSizeOfAnOfficeFileALittle(
      String name, String before, String after, boolean rewriting) {
    DriveItem item = file(name, number(before), null, null);

    assertThat(ContentFingerprint.isRewriting(item, number(before), number(after)))
        .isEqualTo(rewriting);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.doc", "a.DOCX", "a.docm", "a.dot", "a.xls", "a.xlsx", "a.xlsb", "a.xltm", "a.ppt",
        "a.pptx", "a.pot", "a.ppsx", "a.one", "a.vsd", "a.vsdx", "a.mpp", "a.pub", "a.jpg",
        "a.JPEG", "a.jfif", "a.heic", "a.heif", "a.png", "a.gif", "a.tif", "a.tiff", "a.webp",
        "line\nbreak.jpg"
      })
  void officeFilesAndPhotosMayBeRewritten(String name) {
    assertThat(ContentFingerprint.isRewriting(file(name, 100L, null, null), 100, 101)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.zip", "a.txt", "docx", "a.docx.zip", "a.html", "a.json", "a.pdf"})
  void otherFilesMayNot(String name) {
    assertThat(ContentFingerprint.isRewriting(file(name, 100L, null, null), 100, 101)).isFalse();
  }

  @Test
  void itemWithoutANameMayNot() {
    assertThat(ContentFingerprint.isRewriting(item(null, 100L, null), 100, 101)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "notes.txt,   100,       100",
    "report.docx, 100,       65_636",
    "report.docx, 1_000_000, 1_250_000",
    "notes.txt,   ,          9_223_372_036_854_775_807",
    "report.docx, ,          9_223_372_036_854_775_807",
  })
  void mostThatMayComeIsTheSizeAndWhatRewritingAdds(
      String name, @Nullable String size, String most) {
    DriveItem item = file(name, size == null ? null : number(size), null, null);

    assertThat(ContentFingerprint.most(item)).isEqualTo(number(most));
  }

  @ParameterizedTest
  @CsvSource({
    // name, its size, its hash, its type, total, type of the response, may be in it
    "a.zip,   100, ,          , 100, text/html,                true",
    "a.zip,   100, ,          , 100, application/octet-stream, true",
    "a.zip,   100, ,          , 99,  application/octet-stream, false",
    "a.zip,   100, QUICK_XOR, , 99,  application/octet-stream, true",
    "a.zip,   100, QUICK_XOR, , 101, application/octet-stream, false",
    "a.zip,   100, QUICK_XOR, , 0,   application/octet-stream, false",
    "a.zip,   100, QUICK_XOR, , 99,  text/html,                false",
    "a.zip,   100, QUICK_XOR, , 99,  TEXT/HTML; charset=utf-8, false",
    "a.zip,   100, QUICK_XOR, , 99,  application/json,         false",
    "a.zip,   100, ,          , -1,  application/octet-stream, true",
    "a.zip,   100, ,          , -1,  text/html,                false",
    "a.zip,   ,    ,          , 7,   application/octet-stream, true",
    "a.zip,   ,    ,          , 0,   application/octet-stream, true",
    "a.zip,   ,    ,          , 7,   text/html,                false",
    "a.html,  100, ,          , -1,  text/html,                true",
    "a.json,  100, ,          , -1,  application/json,         true",
    "a,       100, ,  text/html, -1, text/html,                true",
    "a,       100, ,  text/plain, -1, text/html,               false",
    "a.docx,  100, ,          , 101, application/octet-stream, true",
    "a.docx,  100, ,          , 101, text/html,                false",
    "a.docx,  100, ,          , 70000, application/octet-stream, false",
  })
  void responseMayHoldTheItemByItsLengthAndType(
      String name,
      @Nullable Long size,
      @Nullable String quickXor,
      @Nullable String mimeType,
      long total,
      String mediaType,
      boolean mayBe) {
    DriveItem item = item(name, size, new DriveItem.File(mimeType, hash(quickXor), null));

    assertThat(ContentFingerprint.mayBeIn(item, total, mediaType)).isEqualTo(mayBe);
  }

  @Test
  void pageIsNoItemThatIsNoFile() {
    DriveItem nothing = item("a", 100L, null);

    assertThat(ContentFingerprint.mayBeIn(nothing, -1, "text/html")).isFalse();
    assertThat(ContentFingerprint.mayBeIn(nothing, -1, "image/png")).isTrue();
  }

  private static ContentFingerprint hello(DriveItem item) {
    ContentFingerprint fingerprint = ContentFingerprint.comparedWith(item);
    fingerprint.update(HELLO, HELLO.length);
    return fingerprint;
  }

  private static DriveItem file(
      String name, @Nullable Long size, @Nullable String quickXor, @Nullable String sha256) {
    return item(name, size, new DriveItem.File(null, quickXor, sha256));
  }

  private static DriveItem item(
      @Nullable String name, @Nullable Long size, DriveItem.@Nullable File file) {
    return new DriveItem("1", name, size, null, null, null, null, null, null, null, file, false);
  }

  private static @Nullable String hash(@Nullable String name) {
    return name == null
        ? null
        : switch (name) {
          case "QUICK_XOR" -> QUICK_XOR;
          case "SHA256" -> SHA256;
          default -> OTHER;
        };
  }

  private static long number(String text) {
    return Long.parseLong(text.replace("_", ""));
  }
}
