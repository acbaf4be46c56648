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

/** Working with files, a team and tasks, through what goes wrong. */
final class GraphScenes {

  private static final int BIG = 6 << 20;

  private final DemoServers stage;
  private final TokenSource tokens;
  private final GraphClient graph;
  private final Drive drive;
  private final FakeDrive stored;

  GraphScenes(DemoServers stage, PublicClient client, Account account) {
    this.stage = stage;
    this.tokens = client.tokens(account);
    this.graph = stage.graph(tokens);
    this.drive = graph.drives().mine();
    this.stored = stage.server.graph().drive(String.valueOf(account.username()));
  }

  void folderIsListed(DemoScript script) {
    script.step(
        "list_folder",
        () -> {
          String name = String.valueOf(graph.me().displayName());
          List<String> names =
              drive.children(ItemRef.root()).stream().map(DriveItem::name).sorted().toList();
          check(names.equals(List.of("Notes", "Reports", "Welcome.txt")), "The drive has " + names);
          return "Graph knows who is signed in, "
              + name
              + ", and what is in the drive: "
              + names
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
      stage.server.fail(Fault.drop().onRequest(2).to(Endpoint.UPLOAD));
      UploadOptions options = UploadOptions.defaults().sliceSize(4 * UploadOptions.SLICE_UNIT);
      drive.upload(source, ItemRef.path("Reports/scan.tiff"), options);
      check(stored.size("Reports/scan.tiff") == BIG, "The upload is not whole");
      drive.download(ItemRef.path("Reports/scan.tiff"), copy);
      check(Files.mismatch(source, copy) < 0, "What came back is another file");
      check(stage.server.graph().leaks().isEmpty(), "The storage has seen a token");
      return "A file of 6 MiB goes up in slices. In the second the connection breaks, so the app"
          + " asks where the upload stands and goes on from there. What is downloaded again is the"
          + " same, byte for byte, and the storage hosts have not seen the token.";
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
          stage.server.graph().throttle(1, "1", "/messages");
          Team team = graph.teams().joined().stream().findFirst().orElseThrow();
          Channel channel =
              graph.teams().channels(team.id()).stream()
                  .filter(c -> DemoContent.CHANNEL.equals(c.displayName()))
                  .findFirst()
                  .orElseThrow();
          graph.teams().post(team.id(), channel.id(), ItemBody.text("The key is cut."));
          int posts = stage.world.team.posts(DemoContent.CHANNEL).size();
          check(posts == 1, posts + " messages were posted");
          return "A message for the channel Workshop: Graph is busy and says to come back in a"
              + " second. The app does, and the message is there once.";
        });
  }

  void taskIsCompleted(DemoScript script) {
    script.step(
        "complete_task",
        () -> {
          String id = stage.world.taskId;
          boolean[] disturbed = {false};
          graph
              .planner()
              .update(
                  id,
                  task -> {
                    if (!disturbed[0]) {
                      disturbed[0] = true;
                      stage.world.plan.touchTask(id);
                    }
                    return TaskChange.none().percentComplete(100);
                  });
          check(stage.world.plan.task(id).percentComplete() == 100, "The task is not done");
          return "A task is ticked off while somebody else changes it, too: Graph refuses the first"
              + " attempt, the app reads the task again and applies its change to what is there.";
        });
  }

  /** The access token runs out between two pages. */
  void listingOutlivesItsToken(DemoScript script) {
    script.step(
        "expiry_in_mid_listing",
        () -> {
          stage.server.settings().tokenLifetime(Duration.ofSeconds(1));
          AccessToken brief = tokens.replace(tokens.get(), null);
          stage.server.settings().tokenLifetime(Duration.ofHours(1));
          int before = stage.server.redemptions();
          Iterator<DriveItem> notes = drive.children(ItemRef.path("Notes")).iterator();
          List<String> names = new ArrayList<>();
          names.add(String.valueOf(notes.next().name()));
          DemoScript.sleepUntil(brief.expiresAt());
          notes.forEachRemaining(note -> names.add(String.valueOf(note.name())));
          check(names.size() == DemoContent.NOTES, "Listed " + names.size() + " notes");
          int redeemed = stage.server.redemptions() - before;
          check(redeemed == 1, "Redeemed " + redeemed + " times");
          return "A long listing whose token runs out after the first page: one refresh, and the "
              + DemoContent.NOTES
              + " notes come as if nothing had been.";
        });
  }
}
