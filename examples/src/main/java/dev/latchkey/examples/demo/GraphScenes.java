package dev.latchkey.examples.demo;

import static dev.latchkey.examples.demo.DemoScript.check;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.PublicClient;
import dev.latchkey.TokenSource;
import dev.latchkey.graph.Drive;
import dev.latchkey.graph.GraphClient;
import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.graph.drive.ItemRef;
import dev.latchkey.graph.drive.UploadOptions;
import dev.latchkey.graph.mail.ItemBody;
import dev.latchkey.graph.planner.TaskChange;
import dev.latchkey.graph.teams.Channel;
import dev.latchkey.graph.teams.Team;
import dev.latchkey.testkit.Endpoint;
import dev.latchkey.testkit.FakeDrive;
import dev.latchkey.testkit.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/** Working with files, a team and tasks in spite of failures. */
final class GraphScenes {

  private static final int BIG = 6 << 20;

  private final DemoServers servers;
  private final TokenSource tokens;
  private final GraphClient graph;
  private final Drive drive;
  private final FakeDrive stored;

  GraphScenes(DemoServers servers, PublicClient client, Account account) {
    this.servers = servers;
    this.tokens = client.tokens(account);
    this.graph = servers.graph(tokens);
    this.drive = graph.drives().mine();
    this.stored = servers.server.graph().drive(String.valueOf(account.username()));
  }

  void folderIsListed(DemoScript script) {
    script.step(
        "list_folder",
        () -> {
          String name = String.valueOf(graph.me().displayName());
          List<String> names =
              drive.children(ItemRef.root()).stream().map(DriveItem::name).sorted().toList();
          check(names.equals(List.of("Notes", "Reports", "Welcome.txt")), "The drive has " + names);
          return "Graph names the signed-in person, "
              + name
              + ", and lists the drive: "
              + String.join(", ", names)
              + ".";
        });
  }

  void fileGoesUpAndDown(DemoScript script) {
    script.step(
        "upload_and_download",
        () -> {
          try {
            return upAndDown();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private String upAndDown() throws IOException {
    byte[] content = new byte[BIG];
    new Random(2026).nextBytes(content);
    Path directory = Files.createTempDirectory("latchkey-demo");
    Path source = directory.resolve("scan.tiff");
    Path copy = directory.resolve("copy.tiff");
    try {
      Files.write(source, content);
      servers.server.fail(Fault.drop().onRequest(2).to(Endpoint.UPLOAD));
      UploadOptions options = UploadOptions.defaults().sliceSize(4 * UploadOptions.SLICE_UNIT);
      drive.upload(source, ItemRef.path("Reports/scan.tiff"), options);
      check(stored.size("Reports/scan.tiff") == BIG, "The upload is incomplete");
      drive.download(ItemRef.path("Reports/scan.tiff"), copy);
      check(Files.mismatch(source, copy) < 0, "The downloaded file differs");
      check(servers.server.graph().leaks().isEmpty(), "The storage host received a token");
      return "The app uploads a file of 6 MiB in slices. The connection breaks in the second slice,"
          + " so the app asks how far the upload got and resumes there. The downloaded copy"
          + " is identical, and the storage hosts never receive the token.";
    } finally {
      Files.deleteIfExists(source);
      Files.deleteIfExists(copy);
      Files.deleteIfExists(directory);
    }
  }

  void messageIsPosted(DemoScript script) {
    script.step(
        "post_to_channel",
        () -> {
          servers.server.graph().throttle(1, "1", "/messages");
          Team team = graph.teams().joined().stream().findFirst().orElseThrow();
          Channel channel =
              graph.teams().channels(team.id()).stream()
                  .filter(c -> DemoContent.CHANNEL.equals(c.displayName()))
                  .findFirst()
                  .orElseThrow();
          graph.teams().post(team.id(), channel.id(), ItemBody.text("The key is cut."));
          int posts = servers.content.team.posts(DemoContent.CHANNEL).size();
          check(posts == 1, posts + " messages were posted");
          return "The app posts a message to the channel Workshop. Graph is busy and asks it to"
              + " wait a second. The app waits, tries again, and the message is there once.";
        });
  }

  void taskIsCompleted(DemoScript script) {
    script.step(
        "complete_task",
        () -> {
          String id = servers.content.taskId;
          boolean[] disturbed = {false};
          graph
              .planner()
              .update(
                  id,
                  task -> {
                    if (!disturbed[0]) {
                      disturbed[0] = true;
                      servers.content.plan.touchTask(id);
                    }
                    return TaskChange.none().percentComplete(100);
                  });
          check(servers.content.plan.task(id).percentComplete() == 100, "The task is not done");
          return "The app completes a task while someone else is changing it. Graph rejects the"
              + " first attempt; the app reads the task again and applies its change to the"
              + " new version.";
        });
  }

  /** The access token expires between two pages. */
  void listingOutlivesItsToken(DemoScript script) {
    script.step(
        "expiry_in_mid_listing",
        () -> {
          servers.server.settings().tokenLifetime(Duration.ofSeconds(1));
          AccessToken brief = tokens.replace(tokens.get(), null);
          servers.server.settings().tokenLifetime(Duration.ofHours(1));
          int before = servers.server.redemptions();
          Iterator<DriveItem> notes = drive.children(ItemRef.path("Notes")).iterator();
          List<String> names = new ArrayList<>();
          names.add(String.valueOf(notes.next().name()));
          DemoScript.sleepUntil(brief.expiresAt());
          notes.forEachRemaining(note -> names.add(String.valueOf(note.name())));
          check(names.size() == DemoContent.NOTES, "Listed " + names.size() + " notes");
          int redeemed = servers.server.redemptions() - before;
          check(redeemed == 1, "Redeemed " + redeemed + " times");
          return "The token expires after the first page of a long listing. One refresh later all "
              + DemoContent.NOTES
              + " notes have arrived.";
        });
  }
}
