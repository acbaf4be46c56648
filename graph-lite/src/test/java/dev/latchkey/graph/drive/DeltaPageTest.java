package dev.latchkey.graph.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.graph.error.MalformedAnswer;
import dev.latchkey.graph.error.ResyncRequired;
import dev.latchkey.graph.fixture.DriveFixture;
import dev.latchkey.testkit.Fault;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeltaPageTest extends DriveFixture {

  private final List<DriveItem> seen = new ArrayList<>();

  @Test
  void deltaReturnsTheChangesSinceTheLink() {
    String start = drive.deltaFromNow().link();
    String kept = remote.addFile(folder + "kept", "1");
    String gone = remote.addFile(folder + "gone", "1");
    String link = follow(start);
    assertThat(seen).extracting(DriveItem::id).contains(kept, gone);
    seen.clear();

    remote.delete(folder + "gone");
    remote.move(folder + "kept", folder + "renamed");
    follow(link);

    assertThat(seen).filteredOn(DriveItem::deleted).extracting(DriveItem::id).contains(gone);
    assertThat(seen)
        .filteredOn(item -> item.id().equals(kept))
        .extracting(DriveItem::name)
        .containsExactly("renamed");
  }

  @Test
  void enumerationContinuesFromEachPage() {
    for (int i = 0; i < 10; i++) {
      remote.addFile(folder + i, "x");
    }
    graph.settings().pageSize(3).linksBeforeValue(true);

    DeltaPage first = drive.delta(null);
    follow(first.link());
    int rest = seen.size();
    seen.clear();
    follow(null);

    assertThat(first.isLast()).isFalse();
    assertThat(first.items()).hasSize(3);
    assertThat(rest).isEqualTo(seen.size() - 3);
    assertThat(seen).extracting(DriveItem::name).contains("0", "9");
  }

  @Test
  void nothingNewIsAnEmptyLastPage() {
    DeltaPage now = drive.deltaFromNow();

    DeltaPage page = drive.delta(now.link());

    assertThat(now.items()).isEmpty();
    assertThat(page.items()).isEmpty();
    assertThat(page.isLast()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "resyncChangesApplyDifferences, APPLY_DIFFERENCES, false",
    "resyncChangesUploadDifferences, UPLOAD_DIFFERENCES, true"
  })
  void linkThatIsTooOldRequiresResync(String code, ResyncRequired.Kind kind, boolean relative) {
    String id = remote.addFile(folder + "a", "x");
    String link = drive.deltaFromNow().link();
    graph.settings().relativeLocations(relative);
    remote.expireDeltaTokens(code);

    var failure = catchThrowableOfType(ResyncRequired.class, () -> drive.delta(link));
    follow(failure.restartLink());

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.restartLink()).isNotNull();
    assertThat(seen).extracting(DriveItem::id).contains(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example/delta?token=1", "ftp://x", "::"})
  void restartLinkToAnotherHostIsDropped(String location) {
    server.fail(Fault.status(410).header("Location", location).to("GET", "/delta"));

    var failure = catchThrowableOfType(ResyncRequired.class, () -> drive.delta(null));

    assertThat(failure.restartLink()).isNull();
    assertThat(failure.status()).isEqualTo(410);
  }

  @Test
  void samePageAgainIsRejectedHoweverItIsWritten() {
    String relative = graph.url().getPath() + "/me/drive/root/delta";
    server.fail(
        Fault.rewrite(usual -> "{\"value\":[],\"@odata.nextLink\":\"" + relative + "\"}")
            .to("GET", "/delta"));

    assertThatThrownBy(() -> drive.delta(null))
        .isInstanceOf(MalformedAnswer.class)
        .hasMessageContaining("came before");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void circleOfPagesEndsTheWalk(int pages) {
    String base = graph.url() + "/me/drive/root/delta";
    for (int i = 1; i <= 4 * pages; i++) {
      String next = base + "?page=" + i % pages;
      server.fail(
          Fault.status(200)
              .body("{\"value\":[],\"@odata.nextLink\":\"" + next + "\"}")
              .to("GET", "/delta"));
    }

    assertThatThrownBy(
            () -> {
              String link = base + "?page=0";
              for (int i = 1; i <= 4 * pages; i++) {
                link = drive.delta(link).link();
              }
            })
        .isInstanceOf(MalformedAnswer.class)
        .hasMessageContaining("came before");
  }

  @Test
  void pageThatIsReadAgainAfterAFailureIsNoCircle() {
    for (int i = 0; i < 5; i++) {
      remote.addFile(folder + i, "x");
    }
    graph.settings().pageSize(2);

    for (int i = 0; i < 5; i++) {
      assertThat(drive.delta(drive.delta(null).link()).isLast()).isFalse();
    }
    assertThat(follow(null)).isNotEmpty();
  }

  @Test
  void emptyNextLinkBesideADeltaLinkIsNone() {
    server.fail(
        Fault.rewrite(usual -> usual.replaceFirst("\\{", "{\"@odata.nextLink\":\"\","))
            .to("GET", "/delta"));

    DeltaPage page = drive.deltaFromNow();

    assertThat(page.isLast()).isTrue();
    assertThat(drive.delta(page.link()).isLast()).isTrue();
  }

  @Test
  void linksToOtherHostsAreRejected() {
    graph.settings().linksTo(graph.storageUrl());

    assertThatThrownBy(() -> drive.delta(null))
        .isInstanceOf(MalformedAnswer.class)
        .hasMessageContaining("@odata.deltaLink that does not lead to Graph");
    assertThatThrownBy(() -> drive.delta(graph.storageUrl() + "/v1.0/me/drive/root/delta"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(graph.leaks()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"value\":[]}", "{\"value\":7}", "[]", "{\"value\":[{\"name\":\"x\"}]}"})
  void invalidResponsesAreMalformed(String body) {
    server.fail(Fault.rewrite(usual -> body).to("GET", "/delta"));

    assertThatThrownBy(() -> drive.delta(null)).isInstanceOf(MalformedAnswer.class);
  }

  /** Follows the pages to the end and returns the last link. */
  private String follow(@Nullable String from) {
    DeltaPage page = drive.delta(from);
    seen.addAll(page.items());
    while (!page.isLast()) {
      page = drive.delta(page.link());
      seen.addAll(page.items());
    }
    return page.link();
  }
}
