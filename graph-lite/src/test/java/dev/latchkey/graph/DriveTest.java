package dev.latchkey.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.graph.drive.DriveInfo;
import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.graph.drive.ItemRef;
import dev.latchkey.graph.drive.ListOptions;
import dev.latchkey.graph.error.Conflict;
import dev.latchkey.graph.error.Forbidden;
import dev.latchkey.graph.error.GraphUnavailable;
import dev.latchkey.graph.error.MalformedAnswer;
import dev.latchkey.graph.error.NotFound;
import dev.latchkey.graph.error.OutcomeUnknown;
import dev.latchkey.graph.error.PreconditionFailed;
import dev.latchkey.graph.fixture.DriveFixture;
import dev.latchkey.graph.fixture.SharedServer;
import dev.latchkey.internal.json.Json;
import dev.latchkey.testkit.FakeDrive;
import dev.latchkey.testkit.FakeTeam;
import dev.latchkey.testkit.Fault;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DriveTest extends DriveFixture {

  @Test
  void itemIsFoundByPathAndById() {
    remote.addFile(folder + "q3.pdf", "numbers");

    DriveItem byPath = drive.item(at("q3.pdf"));
    DriveItem byId = drive.item(byPath.ref());
    DriveItem below = drive.item(ItemRef.path(folder).child("q3.pdf"));

    assertThat(byPath.id()).isEqualTo(remote.itemId(folder + "q3.pdf"));
    assertThat(byPath.name()).isEqualTo("q3.pdf");
    assertThat(byPath.size()).isEqualTo(7);
    assertThat(byPath.isFile()).isTrue();
    assertThat(byPath.isFolder()).isFalse();
    assertThat(byPath.deleted()).isFalse();
    assertThat(byPath.lastModified()).isBefore(Instant.now().plusSeconds(60));
    assertThat(byPath.parent()).extracting(DriveItem.Parent::driveId).isEqualTo(remote.id());
    assertThat(byId).isEqualTo(byPath);
    assertThat(below).isEqualTo(byPath);
    assertThat(drive.item(ItemRef.root()).isFolder()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"error\":{}}", ""})
  void fileThatSomethingElseDeletedInGraphsPlaceIsNotReportedAsDeleted(String body) {
    remote.addFile(folder + "q3.pdf", "numbers");
    server.fail(Fault.status(200).body(body).to("DELETE", "q3.pdf"));

    assertThatThrownBy(() -> drive.delete(at("q3.pdf"))).isInstanceOf(MalformedAnswer.class);
  }

  @Test
  void driveWithoutRetriesAsksOnceWhereTheClientWouldAskAgain() {
    remote.addFile(folder + "q3.pdf", "numbers");
    server.fail(Fault.status(500).times(3).to("GET", "q3.pdf"));

    assertThatThrownBy(() -> drive.withRetries(0).item(at("q3.pdf")))
        .isInstanceOf(GraphUnavailable.class);
    DriveItem item = drive.item(at("q3.pdf"));

    assertThat(item.name()).isEqualTo("q3.pdf");
    assertThat(server.requests()).hasSize(4);
    assertThat(time.waits()).hasSize(2);
    assertThatThrownBy(() -> drive.withRetries(101)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyMemberButTheIdMayBeMissingOrInvalid() {
    DriveItem bare = DriveItem.fromJson(Json.object("{\"id\":\"1\"}"));
    DriveItem odd =
        DriveItem.fromJson(
            Json.object(
                "{\"id\":\"1\",\"name\":7,\"size\":\"12\",\"createdDateTime\":\"soon\","
                    + "\"file\":[],\"folder\":null,\"parentReference\":\"x\",\"deleted\":{}}"));

    assertThat(bare)
        .isEqualTo(
            new DriveItem("1", null, null, null, null, null, null, null, null, null, null, false));
    assertThat(odd.size()).isEqualTo(12);
    assertThat(odd.name()).isNull();
    assertThat(odd.isFile()).isFalse();
    assertThat(odd.deleted()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"100% & more #1.txt", "a+b=c, d&e@f.txt", "Übergröße 資料.txt", "it's (1);.txt"})
  void namesMayHoldWhateverTheServerAllows(String name) {
    remote.addFile(folder + name, "x");

    assertThat(drive.item(at(name)).name()).isEqualTo(name);
    assertThat(drive.children(ItemRef.path(folder)).toList()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "a/../b", "./a"})
  void pathsDoNotLeadUp(String path) {
    assertThatThrownBy(() -> ItemRef.path(path)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void childrenAreSelectedOrderedAndPaged() {
    for (int i = 0; i < 5; i++) {
      remote.addFile(folder + i, "x".repeat(i));
    }
    ListOptions options =
        ListOptions.defaults().select("name", "size").orderBy("size desc").pageSize(2);

    List<DriveItem> items = drive.children(ItemRef.path(folder), options).toList();

    assertThat(items).extracting(DriveItem::name).containsExactly("4", "3", "2", "1", "0");
    assertThat(items).extracting(DriveItem::eTag).containsOnlyNulls();
    assertThat(graph.requests("GET", "/children")).hasSize(3);
  }

  @Test
  void foldersAreCreatedRenamedMovedAndDeleted() {
    DriveItem made = drive.createFolder(ItemRef.path(folder), "new");
    DriveItem sub = drive.createFolder(made.ref(), "sub");
    DriveItem renamed = drive.rename(sub.ref(), "renamed");
    DriveItem moved = drive.move(renamed.ref(), ItemRef.path(folder), null);
    DriveItem both = drive.move(moved.ref(), made.ref(), "both");
    drive.delete(both.ref());

    assertThat(made.isFolder()).isTrue();
    assertThat(renamed.name()).isEqualTo("renamed");
    assertThat(moved.id()).isEqualTo(sub.id());
    assertThat(both.parent()).extracting(DriveItem.Parent::id).isEqualTo(made.id());
    assertThat(remote.names(folder)).containsExactly("new");
    assertThat(remote.names(folder + "new")).isEmpty();
  }

  @Test
  void takenNamesAreConflicts() {
    remote.addFolder(folder + "taken");
    remote.addFolder(folder + "other");

    assertThatThrownBy(() -> drive.createFolder(ItemRef.path(folder), "taken"))
        .isInstanceOf(Conflict.class);
    assertThatThrownBy(() -> drive.rename(at("other"), "taken")).isInstanceOf(Conflict.class);
  }

  @Test
  void folderIsNotCreatedTwiceAfterALostResponse() {
    server.fail(Fault.drop().afterActing().to("POST", "/children"));

    assertThatThrownBy(() -> drive.createFolder(ItemRef.path(folder), "once"))
        .isInstanceOf(OutcomeUnknown.class);
    assertThat(graph.requests("POST", "/children")).hasSize(1);
  }

  @Test
  void deletionSucceedsWhenTheFirstResponseWasLost() {
    remote.addFile(folder + "a", "x");
    server.fail(Fault.drop().afterActing().to("DELETE", "/"));

    drive.delete(at("a"));

    assertThat(graph.requests("DELETE", "/")).hasSize(2);
    assertThat(remote.exists(folder + "a")).isFalse();
  }

  @Test
  void deletingAMissingItemIsNotFound() {
    server.fail(Fault.status(429).to("DELETE", "/"));

    assertThatThrownBy(() -> drive.delete(at("never"))).isInstanceOf(NotFound.class);
  }

  @Test
  void changedItemIsNotDeleted() {
    remote.addFile(folder + "a", "x");
    String eTag = drive.item(at("a")).eTag();
    remote.addFile(folder + "a", "y");

    assertThatThrownBy(() -> drive.delete(at("a"), eTag)).isInstanceOf(PreconditionFailed.class);
    assertThat(remote.fileText(folder + "a")).isEqualTo("y");
  }

  @Test
  void searchFindsNamesWithQuotes() {
    remote.addFile(folder + "Anna's list 1.txt", "x");
    remote.addFile(folder + "other.txt", "x");

    List<DriveItem> found = drive.search("Anna's list").toList();

    assertThat(found).extracting(DriveItem::name).containsExactly("Anna's list 1.txt");
  }

  @Test
  void drivesAreFoundByIdBySiteAndByTeam() {
    FakeDrive site = graph.addSite("contoso.sharepoint.com", "/sites/marketing");
    FakeTeam team = graph.addTeam("Sales", SharedServer.ADELE);
    Drives drives = drives(SharedServer.TOKENS);

    DriveInfo mine = drives.mine().info();
    DriveInfo ofSite = drives.ofSite("contoso.sharepoint.com", "/sites/marketing").info();
    DriveInfo ofTeam = drives.ofTeam(team.id()).info();

    assertThat(mine.id()).isEqualTo(remote.id());
    assertThat(mine.quotaTotal()).isEqualTo(1L << 40);
    assertThat(ofSite.id()).isEqualTo(site.id());
    assertThat(ofSite.driveType()).isEqualTo("documentLibrary");
    assertThat(ofTeam.id()).isNotEqualTo(ofSite.id());
    assertThat(drives.byId(site.id()).info()).isEqualTo(ofSite);
    assertThatThrownBy(() -> drives.ofSite("contoso.sharepoint.com", "/sites/none"))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void forbiddenNamesTheLeastScope() {
    Drive readOnly = drives(SharedServer.signIn("Files.Read")).mine();

    var failure =
        catchThrowableOfType(
            Forbidden.class, () -> readOnly.createFolder(ItemRef.path(folder), "no"));

    assertThat(failure.missingScopes()).containsExactly("Files.ReadWrite");
  }

  @Test
  void missingItemIsNotFound() {
    assertThatThrownBy(() -> drive.item(at("none")))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("Could not read /" + folder + "none");
    assertThatThrownBy(() -> drive.children(at("none")).toList()).isInstanceOf(NotFound.class);
  }

  @Test
  void driveWithoutQuotaIsRead() {
    DriveInfo info = DriveInfo.fromJson(Json.object("{\"id\":\"d\",\"quota\":null}"));

    assertThat(info).isEqualTo(new DriveInfo("d", null, null, null, null, null, null));
  }
}
