package dev.latchkey.examples.desktop.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.Account;
import dev.latchkey.examples.demo.DemoServers;
import dev.latchkey.examples.desktop.state.ChannelChoice;
import dev.latchkey.examples.desktop.state.DeskState;
import dev.latchkey.examples.desktop.state.Draft;
import dev.latchkey.examples.desktop.state.Folder;
import dev.latchkey.examples.desktop.state.Listed;
import dev.latchkey.examples.desktop.state.Transfer;
import dev.latchkey.examples.fixture.ScreenlessDesktop;
import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.testkit.Endpoint;
import dev.latchkey.testkit.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The work of the desktop example on the embedded servers, without a screen. */
@Timeout(120)
class DeskWorkTest {

  @TempDir Path directory;

  private static List<String> names(Listed<DriveItem> listed) {
    return listed.items().stream().map(item -> String.valueOf(item.name())).sorted().toList();
  }

  private static DriveItem item(DeskState state, String name) {
    return state.drive().shown().items().stream()
        .filter(each -> name.equals(each.name()))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isRead(Listed<?> listed) {
    return listed.stage() == Listed.Stage.READY;
  }

  private Path file(String name, int bytes) throws Exception {
    byte[] content = new byte[bytes];
    new Random(bytes).nextBytes(content);
    return Files.write(directory.resolve(name), content);
  }

  @Test
  void foldersOfSeveralPagesAreListedWhole() throws Exception {
    try (ScreenlessDesktop desk = new ScreenlessDesktop()) {
      desk.signIn(DemoServers.ADELE);
      DeskState root = desk.await(state -> isRead(state.drive().shown()));
      assertThat(names(root.drive().shown())).containsExactly("Notes", "Reports", "Welcome.txt");

      desk.run(() -> desk.work.open(Folder.ROOT.child(item(root, "Notes"))));
      DeskState notes = desk.await(state -> isRead(state.drive().shown()));

      assertThat(notes.drive().current().path()).isEqualTo("My files / Notes");
      assertThat(notes.drive().shown().items()).hasSize(25);
    }
  }

  @Test
  void callsThatMeetTheEndOfTheSessionTogetherAskOnceAndAllGoOn() throws Exception {
    Path upload = file("scan.tiff", 1 << 20);
    try (ScreenlessDesktop desk = new ScreenlessDesktop()) {
      desk.signIn(DemoServers.ADELE);
      desk.run(desk.work::readTasks);
      DeskState before = desk.await(state -> isRead(state.tasks().listed()));
      String task = before.tasks().listed().items().get(0).id();
      desk.servers.server().people().revokeSessions(DemoServers.ADELE);

      desk.run(
          () -> {
            desk.work.readMail();
            desk.work.readChannels();
            desk.work.complete(task);
            desk.work.upload(List.of(upload));
            desk.work.download(item(before, "Welcome.txt"), directory.resolve("copy.txt"));
            desk.work.send(new Draft(DemoServers.BRUNO, "Hello", "text"));
          });
      DeskState after =
          desk.await(
              state ->
                  isRead(state.mail().listed())
                      && isRead(state.channel().listed())
                      && state.tasks().ticking().isEmpty()
                      && state.drive().running() == 0
                      && state.mail().submission().sent() == 1
                      && state.drive().shown().items().size() == 4);

      assertThat(desk.asked).hasValue(1);
      assertThat(after.signingIn()).isFalse();
      assertThat(after.drive().transfers())
          .extracting(Transfer::stage)
          .containsExactly(Transfer.Stage.DONE, Transfer.Stage.DONE);
      assertThat(after.tasks().listed().items().get(0).isComplete()).isTrue();
      assertThat(directory.resolve("copy.txt"))
          .hasContent("Welcome to the drive of " + DemoServers.ADELE + "\n");
      assertThat(desk.servers.server().graph().mailbox(DemoServers.ADELE).sent()).hasSize(1);
      assertThat(desk.servers.server().graph().drive(DemoServers.ADELE).fileContent("scan.tiff"))
          .isEqualTo(Files.readAllBytes(upload));
    }
  }

  @Test
  void declinedSignInFailsEachCallThatWaitedForIt() throws Exception {
    try (ScreenlessDesktop desk = new ScreenlessDesktop()) {
      desk.signIn(DemoServers.ADELE);
      desk.servers.server().people().revokeSessions(DemoServers.ADELE);
      desk.person = null;

      desk.run(
          () -> {
            desk.work.readMail();
            desk.work.readTasks();
          });
      DeskState after =
          desk.await(
              state ->
                  state.mail().listed().stage() == Listed.Stage.FAILED
                      && state.tasks().listed().stage() == Listed.Stage.FAILED);

      assertThat(after.mail().listed().problem()).startsWith("The mail could not be read: ");
      assertThat(after.account()).isNotNull();
    }
  }

  @Test
  void uploadTellsItsProgressAndTheFolderIsReadAgain() throws Exception {
    Path upload = file("scan.tiff", 6 << 20);
    try (ScreenlessDesktop desk = new ScreenlessDesktop()) {
      desk.signIn(DemoServers.ADELE);

      desk.run(() -> desk.work.upload(List.of(upload, directory)));
      DeskState after = desk.await(state -> state.drive().shown().items().size() == 4);

      Transfer transfer = after.drive().transfers().get(0);
      assertThat(transfer.stage()).isEqualTo(Transfer.Stage.DONE);
      assertThat(transfer.total()).isEqualTo(6 << 20);
      assertThat(after.drive().transfers()).as("a directory is no file").hasSize(1);
      assertThat(after.notice()).isEqualTo("scan.tiff was uploaded.");
    }
  }

  @Test
  void fileOfTheSameNameIsNotReplacedByAnUpload() throws Exception {
    Path upload = file("Welcome.txt", 10);
    try (ScreenlessDesktop desk = new ScreenlessDesktop()) {
      desk.signIn(DemoServers.ADELE);

      desk.run(() -> desk.work.upload(List.of(upload)));
      desk.await(state -> state.drive().shown().items().size() == 4);

      assertThat(desk.servers.server().graph().drive(DemoServers.ADELE).fileText("Welcome.txt"))
          .startsWith("Welcome to the drive");
    }
  }

  @Test
  void cancelledDownloadEndsAtOnceAndLeavesNoFile() throws Exception {
    Path target = directory.resolve("copy.txt");
    try (ScreenlessDesktop desk = new ScreenlessDesktop()) {
      desk.signIn(DemoServers.ADELE);
      DeskState root = desk.await(state -> isRead(state.drive().shown()));
      desk.servers.server().fail(Fault.hang().always().to(Endpoint.DOWNLOAD));
      desk.run(() -> desk.work.download(item(root, "Welcome.txt"), target));
      int id = desk.await(state -> state.drive().running() == 1).drive().transfers().get(0).id();
      assertThat(desk.servers.server().awaitRequests(Endpoint.DOWNLOAD, 1, Duration.ofSeconds(60)))
          .isTrue();

      desk.run(() -> desk.work.cancelTransfer(id));

      DeskState after = desk.await(state -> state.drive().running() == 0);
      assertThat(after.drive().transfers().get(0).stage()).isEqualTo(Transfer.Stage.CANCELLED);
      assertThat(target).doesNotExist();
    }
  }

  @Test
  void callsOfAnAccountEndWithIt() throws Exception {
    try (ScreenlessDesktop desk = new ScreenlessDesktop()) {
      Account adele = desk.signIn(DemoServers.ADELE);
      DeskState root = desk.await(state -> isRead(state.drive().shown()));
      desk.servers.server().fail(Fault.hang().always().to(Endpoint.DOWNLOAD));
      desk.run(() -> desk.work.download(item(root, "Welcome.txt"), directory.resolve("copy.txt")));

      Account bruno = desk.signIn(DemoServers.BRUNO);

      assertThat(bruno).isNotEqualTo(adele);
      assertThat(desk.onEventThread(desk.work::state).drive().transfers()).isEmpty();
    } // and closing finds no call that goes on
  }

  @Test
  void mailWhoseAnswerWasLostIsSentOnceHoweverOftenThePersonTries() throws Exception {
    Draft draft = new Draft(DemoServers.BRUNO, "Invoice", "42");
    try (ScreenlessDesktop desk = new ScreenlessDesktop()) {
      desk.signIn(DemoServers.ADELE);
      desk.servers.server().fail(Fault.drop().afterActing().to("POST", "/send"));
      desk.run(() -> desk.work.send(draft));
      DeskState first = desk.await(state -> !state.mail().submission().isBusy());
      if (first.mail().submission().sent() == 0) {
        desk.run(() -> desk.work.send(draft));
      }
      desk.await(state -> state.mail().submission().sent() == 1);

      assertThat(desk.servers.server().graph().mailbox(DemoServers.ADELE).sent()).hasSize(1);
    }
  }

  @Test
  void mailWithoutARecipientIsNotSent() throws Exception {
    try (ScreenlessDesktop desk = new ScreenlessDesktop()) {
      desk.signIn(DemoServers.ADELE);

      desk.run(() -> desk.work.send(new Draft(" , ", "Hello", "text")));
      DeskState after = desk.await(state -> !state.mail().submission().isBusy());

      assertThat(after.mail().submission().note())
          .isEqualTo("The mail could not be sent: the mail has no recipient.");
    }
  }

  @Test
  void messageIsPostedToTheChannel() throws Exception {
    try (ScreenlessDesktop desk = new ScreenlessDesktop()) {
      desk.signIn(DemoServers.ADELE);
      desk.run(desk.work::readChannels);
      List<ChannelChoice> channels =
          desk.await(state -> isRead(state.channel().listed())).channel().listed().items();
      ChannelChoice workshop =
          channels.stream()
              .filter(each -> each.name().equals("Locksmiths / Workshop"))
              .findFirst()
              .orElseThrow();

      desk.run(() -> desk.work.post(workshop, "The key is cut."));
      DeskState after = desk.await(state -> state.channel().submission().sent() == 1);

      assertThat(after.channel().submission().note()).isEqualTo("Posted to Locksmiths / Workshop.");
      assertThat(desk.servers.server().graph().requests("POST", "/messages")).hasSize(1);
    }
  }

  @Test
  void tokensAreShownWithTheirScopes() throws Exception {
    try (ScreenlessDesktop desk = new ScreenlessDesktop()) {
      desk.signIn(DemoServers.ADELE);
      desk.run(desk.work::readTokens);

      DeskState after = desk.await(state -> isRead(state.tokens()));

      assertThat(after.tokens().items()).hasSize(1);
      assertThat(after.tokens().items().get(0).scopes().granted()).contains("Mail.Send");
    }
  }

  @Test
  void whatThePersonWantsAfterTheEndIsNotBegun() throws Exception {
    try (ScreenlessDesktop desk = new ScreenlessDesktop()) {
      desk.signIn(DemoServers.ADELE);
      desk.run(desk.work::close);
      int before = desk.servers.server().graph().requests().size();

      desk.run(desk.work::readMail);

      assertThat(desk.work.awaitEnd(Duration.ofMinutes(1))).isTrue();
      assertThat(desk.servers.server().graph().requests()).hasSize(before);
    }
  }
}
