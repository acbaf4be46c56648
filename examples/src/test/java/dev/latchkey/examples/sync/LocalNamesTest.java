package dev.latchkey.examples.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.examples.fixture.Mirror;
import dev.latchkey.testkit.Fault;
import java.io.IOException;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalNamesTest {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "../up", "a/b", "a\\b", "a\u0000", "a\n", "half: \ud800"})
  void namesThatLeadOutOfTheMirrorAreLeftOut(String name) {
    assertThat(LocalNames.problem(name)).isNotNull();
  }

  /** In a C locale that is every letter beyond ASCII, and a UTF-8 locale helps. */
  @Test
  void nameThatTheLocaleLacksIsLeftOutWithTheCharacterSet() {
    assertThat(LocalNames.problem("half \ud800"))
        .contains("writes names as " + System.getProperty("sun.jnu.encoding"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".latchkey",
        ".LatchKey",
        ".latchkey.",
        ".latchkey ",
        ".latchkey. . ",
        ".latchkey:stream",
        ".latchkey::$INDEX_ALLOCATION",
        ".latchkey ::$DATA",
        "LATCHK~1",
        "latchk~12"
      })
  void nameThatWindowsTakesForTheMirrorsOwnDirectoryIsLeftOut(String name) {
    assertThat(LocalNames.isOwn(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"latchkey", ".latchkeys", ".latchkey.txt", "a.latchkey", "latchk~x"})
  void nameThatMerelyLooksLikeTheMirrorsOwnDirectoryIsMirrored(String name) {
    assertThat(LocalNames.isOwn(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.",
        "a ",
        "a:b",
        "a::$DATA",
        "con",
        "Nul.txt",
        "COM1",
        "lpt9.tar.gz",
        "COM\u00b2",
        "aux .c",
        "CONIN$"
      })
  void nameThatMeansSomethingElseOnWindowsIsLeftOutThereAndMirroredElsewhere(String name) {
    assertThat(LocalNames.problem(name, true)).isNotNull();
    assertThat(LocalNames.problem(name, false)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a.b", ".a", "console", "com10", "null", "auxiliary.c", "a b", "~$a.docx"})
  void ordinaryNamesAreMirroredOnWindowsToo(String name) {
    assertThat(LocalNames.problem(name, true)).isNull();
  }

  @Test
  void driveCannotReachIntoTheMirrorsOwnDirectory() throws IOException {
    try (Mirror mirror = new Mirror(directory.resolve("mirror"))) {
      mirror.drive.addFile("Work/x/journal", "forged");
      mirror.there.server.fail(
          Fault.rewrite(body -> body.replace("\"x\"", "\".Latchkey. \"")).to("GET", "/delta"));

      var why = Assertions.catchThrowableOfType(MirrorIncomplete.class, mirror::sync);
      var again = Assertions.catchThrowableOfType(MirrorIncomplete.class, mirror::sync);

      assertThat(why.leftOut()).extracting(LeftOut::path).containsExactly(".Latchkey. ");
      assertThat(again.leftOut()).hasSize(1);
      assertThat(mirror.directory.resolve(".Latchkey. ")).doesNotExist();
      assertThat(mirror.directory.resolve(".latchkey/journal")).content().doesNotContain("forged");
      assertThat(mirror.files()).hasSize(3);
    }
  }

  /** Further down the name is free. */
  @Test
  void folderBelowTheTopMayHaveTheNameOfTheMirrorsOwnDirectory() throws IOException {
    try (Mirror mirror = new Mirror(directory.resolve("mirror"))) {
      mirror.drive.addFile("Work/deep/.latchkey/journal", "mine");

      mirror.sync();

      assertThat(mirror.files()).containsEntry("deep/.latchkey/journal", "mine");
    }
  }
}
