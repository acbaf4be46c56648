package dev.latchkey.testkit.internal.graph.drive;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.latchkey.testkit.FakeDrive;
import dev.latchkey.testkit.FakeTeam;
import dev.latchkey.testkit.TestUser;
import dev.latchkey.testkit.fixture.GraphFixture;
import dev.latchkey.testkit.fixture.HttpApp;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class DriveHandlerTest extends GraphFixture {

  private final FakeDrive drive = graph.drive(ADELE);

  @Test
  void meReturnsTheSignedInUser() throws Exception {
    JsonObject me = get("/me").json();
    JsonObject selected = get("/me?$select=displayName").json();

    assertThat(me.get("displayName").getAsString()).isEqualTo("Adele Vance");
    assertThat(me.get("id").getAsString()).isEqualTo(TestUser.of(ADELE).objectId());
    assertThat(me.get("jobTitle").isJsonNull()).isTrue();
    assertThat(selected.keySet()).contains("displayName").doesNotContain("mail");
  }

  @Test
  void folderIsListedByPathByIdAndByDriveId() throws Exception {
    drive.addFile("A folder/b.txt", "b");
    drive.addFile("A folder/a.txt", "a");

    List<String> byPath = names(get("/me/drive/root:/A%20folder:/children"));
    List<String> byId = names(get("/me/drive/items/" + drive.itemId("a FOLDER") + "/children"));
    List<String> byDrive = names(get("/drives/" + drive.id() + "/root:/A%20folder/:/children"));

    assertThat(byPath).containsExactly("a.txt", "b.txt");
    assertThat(byId).isEqualTo(byPath);
    assertThat(byDrive).isEqualTo(byPath);
    assertThat(get("/me/drive/root:/A%20folder/a.txt").get("size")).isEqualTo("1");
    assertThat(get("/me/drive/items/root/children").json().getAsJsonArray("value")).hasSize(1);
  }

  @Test
  void pagesLinkToTheNextWhereverTheLinkStands() throws Exception {
    for (int i = 0; i < 5; i++) {
      drive.addFile("f" + i, "x".repeat(5 - i));
    }
    graph.settings().linksBeforeValue(true);

    List<String> names = new ArrayList<>();
    String url = "/me/drive/root/children?$top=2&$orderby=size&$select=name";
    int pages = 0;
    for (HttpApp.Reply page = get(url); page != null; pages++) {
      names.addAll(names(page));
      assertThat(new ArrayList<>(page.json().keySet()).get(1)).isIn("@odata.nextLink", "value");
      page = page.json().has("@odata.nextLink") ? get(page.get("@odata.nextLink")) : null;
    }

    assertThat(pages).isEqualTo(3);
    assertThat(names).containsExactly("f4", "f3", "f2", "f1", "f0");
  }

  @Test
  void nextLinkCanPointToAForeignHost() throws Exception {
    drive.addFile("a", "");
    drive.addFile("b", "");
    graph.settings().pageSize(1).linksTo(graph.storageUrl());

    String link = get("/me/drive/root/children").get("@odata.nextLink");
    HttpApp.Reply followed = get(link);

    assertThat(URI.create(link).getPort()).isEqualTo(graph.storageUrl().getPort());
    assertThat(followed.status()).isEqualTo(401);
    assertThat(graph.leaks()).hasSize(1);
  }

  @Test
  void generatedItemsArePaged() throws Exception {
    drive.addManyItems("Many", 20_000);

    String url = "/me/drive/root:/Many:/children";
    int count = 0;
    int pages = 0;
    String last = "";
    while (!url.isEmpty()) {
      HttpApp.Reply page = get(url);
      List<String> names = names(page);
      count += names.size();
      last = names.get(names.size() - 1);
      url = page.json().has("@odata.nextLink") ? page.get("@odata.nextLink") : "";
      pages++;
    }

    assertThat(count).isEqualTo(20_000);
    assertThat(pages).isEqualTo(100);
    assertThat(last).isEqualTo("item-019999.txt");
    assertThat(get("/me/drive/root:/Many/item-000007.txt").status()).isEqualTo(200);
  }

  @Test
  void generatedItemCanBeDeletedAndChanged() throws Exception {
    drive.addManyItems("Many", 4);

    int deleted = delete("/me/drive/root:/Many/item-000001.txt").status();
    int renamed = patch("/me/drive/root:/Many/item-000002.txt", "{\"name\":\"z.txt\"}").status();

    assertThat(List.of(deleted, renamed)).containsExactly(204, 200);
    assertThat(names(get("/me/drive/root:/Many:/children")))
        .containsExactlyInAnyOrder("item-000000.txt", "item-000003.txt", "z.txt");
  }

  @Test
  void takenNameIsAConflictUnlessRenamed() throws Exception {
    drive.addFolder("Taken");

    HttpApp.Reply refused = post("/me/drive/root/children", "{\"name\":\"taken\",\"folder\":{}}");
    HttpApp.Reply renamed =
        post(
            "/me/drive/root/children",
            "{\"name\":\"Taken\",\"folder\":{},\"@microsoft.graph.conflictBehavior\":\"rename\"}");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(code(refused)).isEqualTo("nameAlreadyExists");
    assertThat(renamed.get("name")).isEqualTo("Taken 1");
  }

  @Test
  void itemIsMovedRenamedAndDeletedIfItsETagIsCurrent() throws Exception {
    drive.addFile("a.txt", "a");
    String folder = drive.addFolder("Folder");
    String before = get("/me/drive/root:/a.txt").get("eTag");

    HttpApp.Reply moved =
        patch(
            "/me/drive/root:/a.txt",
            "{\"name\":\"b.txt\",\"parentReference\":{\"id\":\"" + folder + "\"}}",
            "If-Match",
            before);
    HttpApp.Reply stale = delete("/me/drive/root:/Folder/b.txt", "If-Match", before);
    HttpApp.Reply deleted = delete("/me/drive/root:/Folder/b.txt", "If-Match", moved.get("eTag"));

    assertThat(moved.get("name")).isEqualTo("b.txt");
    assertThat(stale.status()).isEqualTo(412);
    assertThat(deleted.status()).isEqualTo(204);
    assertThat(drive.names("Folder")).isEmpty();
  }

  @Test
  void folderCannotBeMovedIntoItself() throws Exception {
    String inner = drive.addFolder("Outer/Inner");

    HttpApp.Reply reply =
        patch("/me/drive/root:/Outer", "{\"parentReference\":{\"id\":\"" + inner + "\"}}");

    assertThat(reply.status()).isEqualTo(400);
  }

  @Test
  void sitesAndTeamsHaveDrivesOfTheirOwn() throws Exception {
    graph.addSite("contoso.sharepoint.com", "/sites/marketing").addFile("plan.txt", "p");
    FakeTeam team = graph.addTeam("Marketing", ADELE);
    team.drive().addFile("team.txt", "t");

    String site = get("/sites/contoso.sharepoint.com:/sites/marketing").get("id");

    assertThat(names(get("/sites/" + site + "/drive/root/children"))).containsExactly("plan.txt");
    assertThat(names(get("/sites/contoso.sharepoint.com:/sites/marketing:/drive/root/children")))
        .containsExactly("plan.txt");
    assertThat(names(get("/groups/" + team.id() + "/drive/root/children")))
        .containsExactly("team.txt");
    assertThat(get("/sites/" + site + "/drive").get("driveType")).isEqualTo("documentLibrary");
  }

  @Test
  void driveOfAnotherIsDenied() throws Exception {
    String other = graph.drive(BRUNO).id();
    String team = graph.addTeam("Secret", BRUNO).drive().id();

    assertThat(get("/drives/" + other + "/root").status()).isEqualTo(403);
    assertThat(get("/drives/" + team + "/root").status()).isEqualTo(403);
    assertThat(code(get("/drives/nonsense/root"))).isEqualTo("itemNotFound");
  }

  @Test
  void searchFindsNamesInAllFolders() throws Exception {
    drive.addFile("Reports/May report.txt", "");
    drive.addFile("other.txt", "");

    assertThat(names(get("/me/drive/root/search(q='may')"))).containsExactly("May report.txt");
  }

  @Test
  void eightThreadsAtOnceLoseNothing() throws Exception {
    token();
    List<CompletableFuture<Integer>> all = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    for (int i = 0; i < 200; i++) {
      String path = "/me/drive/root:/Shared/" + i + ".txt:/content";
      all.add(CompletableFuture.supplyAsync(() -> status(path), threads));
    }
    all.forEach(CompletableFuture::join);
    threads.shutdown();

    assertThat(all).allMatch(each -> each.join() == 201);
    assertThat(drive.names("Shared")).hasSize(200);
    assertThat(drive.names("")).containsExactly("Shared");
  }

  private int status(String path) {
    try {
      return put(path, "x").status();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void searchLooksBelowTheItemThatItNames() throws Exception {
    drive.addFile("Reports/2026/May report.txt", "");
    drive.addFile("May.txt", "");
    String folder = drive.itemId("Reports");

    HttpApp.Reply fromRoot = get("/me/drive/items/root/search(q='may')");
    HttpApp.Reply fromFolder = get("/me/drive/items/" + folder + "/search(q='may')");
    HttpApp.Reply inDrive = get("/me/drive/search(q='may')");

    assertThat(names(fromRoot)).containsExactlyInAnyOrder("May report.txt", "May.txt");
    assertThat(names(fromFolder)).containsExactly("May report.txt");
    assertThat(names(inDrive)).containsExactlyInAnyOrder("May report.txt", "May.txt");
  }
}
