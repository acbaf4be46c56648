package dev.latchkey.testkit.internal.graph.drive;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.latchkey.testkit.FakeDrive;
import dev.latchkey.testkit.fixture.GraphFixture;
import dev.latchkey.testkit.fixture.HttpApp;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeltaHandlerTest extends GraphFixture {

  private final FakeDrive drive = graph.drive(ADELE);

  /** What a client knows after following all next links, by id. */
  private final Map<String, JsonObject> known = new LinkedHashMap<>();

  @Test
  void firstDeltaReportsEverythingAndTheNextOnlyChanges() throws Exception {
    String kept = drive.addFile("Folder/kept.txt", "k");
    String gone = drive.addFile("Folder/gone.txt", "g");
    String next = follow("/me/drive/root/delta?$top=2");
    int atFirst = known.size();
    known.clear();

    drive.delete("Folder/gone.txt");
    drive.move("Folder/kept.txt", "moved.txt");
    String added = drive.addFile("new.txt", "n");
    String last = follow(next);
    Map<String, JsonObject> changed = Map.copyOf(known);
    known.clear();
    follow(last);

    assertThat(atFirst).as("root, folder and two files").isEqualTo(4);
    assertThat(changed).containsOnlyKeys(kept, gone, added);
    assertThat(requireNonNull(changed.get(gone)).has("deleted")).isTrue();
    assertThat(requireNonNull(changed.get(kept)).get("name").getAsString()).isEqualTo("moved.txt");
    assertThat(known).isEmpty();
  }

  @Test
  void itemsDeletedEarlierAreNotReportedToANewClient() throws Exception {
    drive.addFile("gone.txt", "g");
    drive.delete("gone.txt");

    follow("/me/drive/root/delta");

    assertThat(known).containsOnlyKeys(drive.itemId(""));
  }

  @Test
  void changeBetweenTwoPagesIsNotLost() throws Exception {
    String first = drive.addFile("a.txt", "a");
    drive.addFile("b.txt", "b");

    HttpApp.Reply page = get("/me/drive/root/delta?$top=2");
    drive.delete("a.txt");
    String late = drive.addFile("c.txt", "c");
    follow(page.get("@odata.nextLink"));

    assertThat(requireNonNull(known.get(first)).has("deleted")).isTrue();
    assertThat(known).containsKey(late);
  }

  @Test
  void deletedFolderIsReportedWithItsItems() throws Exception {
    String folder = drive.addFolder("Folder");
    String file = drive.addFile("Folder/Inner/a.txt", "a");
    String next = follow("/me/drive/root/delta");
    known.clear();

    drive.delete("Folder");
    follow(next);

    assertThat(known).hasSize(3).containsKeys(folder, file);
    assertThat(known.values()).allMatch(item -> item.has("deleted"));
  }

  @Test
  void latestStartsWithoutItems() throws Exception {
    drive.addFile("a.txt", "a");

    String link = follow("/me/drive/root/delta?token=latest");
    boolean nothing = known.isEmpty();
    String added = drive.addFile("b.txt", "b");
    follow(link);

    assertThat(nothing).isTrue();
    assertThat(known).containsOnlyKeys(added);
  }

  @Test
  void expiredDeltaTokenIsAnswered410WithALocationToStartAgain() throws Exception {
    drive.addFile("a.txt", "a");
    String link = follow("/me/drive/root/delta");

    drive.expireDeltaTokens("resyncChangesUploadDifferences");
    HttpApp.Reply gone = get(link);
    graph.settings().relativeLocations(true);
    String relative = get(link).header("Location");
    known.clear();
    follow(gone.header("Location"));

    assertThat(gone.status()).isEqualTo(410);
    assertThat(code(gone)).isEqualTo("resyncChangesUploadDifferences");
    assertThat(relative).startsWith("/v1.0/drives/");
    assertThat(known).hasSize(2);
  }

  @Test
  void malformedTokenIsABadRequest() throws Exception {
    assertThat(get("/me/drive/root/delta?token=nonsense").status()).isEqualTo(400);
  }

  @Test
  void generatedItemsAreReportedOnceEach() throws Exception {
    drive.addManyItems("Many", 3000);
    drive.addFile("after.txt", "a");
    drive.delete("Many/item-000100.txt");

    follow("/me/drive/root/delta?$top=200");

    assertThat(known).hasSize(1 + 1 + 2999 + 1);
    assertThat(known.values()).noneMatch(item -> item.has("deleted"));
  }

  /** Follows all pages and answers the delta link. */
  private String follow(String url) throws IOException, InterruptedException {
    HttpApp.Reply page = get(url);
    while (true) {
      values(page).forEach(item -> known.put(item.get("id").getAsString(), item));
      if (!page.json().has("@odata.nextLink")) {
        return page.get("@odata.deltaLink");
      }
      page = get(page.get("@odata.nextLink"));
    }
  }

  /** As the documentation of driveItem: delta writes the call of the function. */
  @Test
  void tokenMayBeAParameterOfTheFunction() throws Exception {
    drive.addFile("old.txt", "o");
    HttpApp.Reply latest = get("/me/drive/root/delta(token='latest')");
    String link = latest.get("@odata.deltaLink");
    String token = link.substring(link.indexOf("token=") + "token=".length());
    drive.addFile("new.txt", "n");

    HttpApp.Reply changes = get("/me/drive/root/delta(token='" + token + "')");

    assertThat(values(latest)).isEmpty();
    assertThat(names(changes)).contains("new.txt").doesNotContain("old.txt");
  }
}
