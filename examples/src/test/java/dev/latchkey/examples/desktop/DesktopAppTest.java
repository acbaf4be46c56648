package dev.latchkey.examples.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.Account;
import dev.latchkey.examples.demo.DemoServers;
import dev.latchkey.examples.desktop.state.DeskState;
import dev.latchkey.examples.desktop.state.Listed;
import dev.latchkey.examples.desktop.state.Transfer;
import dev.latchkey.examples.fixture.OpenDesktop;
import dev.latchkey.testkit.Endpoint;
import dev.latchkey.testkit.Fault;
import dev.latchkey.window.OnVirtualScreen;
import java.awt.Color;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.EventQueue;
import java.awt.Rectangle;
import java.awt.Toolkit;
import java.awt.Window;
import java.awt.datatransfer.DataFlavor;
import java.awt.datatransfer.Transferable;
import java.awt.event.WindowEvent;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import javax.swing.AbstractButton;
import javax.swing.JCheckBox;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JMenu;
import javax.swing.JMenuItem;
import javax.swing.JScrollBar;
import javax.swing.JScrollPane;
import javax.swing.JTabbedPane;
import javax.swing.JTable;
import javax.swing.JTree;
import javax.swing.SwingUtilities;
import javax.swing.TransferHandler;
import javax.swing.text.JTextComponent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real window on the embedded servers. */
@Tag("windows")
@Timeout(180)
@ExtendWith(OnVirtualScreen.class)
class DesktopAppTest {

  private static final int FILES = 0;
  private static final int TASKS = 1;
  private static final int CHANNEL = 2;
  private static final int MAIL = 3;
  private static final int DEVELOPER = 4;

  private static void select(int tab) throws Exception {
    OpenDesktop.onEventThread(
        () -> {
          OpenDesktop.component("tabs", JTabbedPane.class).setSelectedIndex(tab);
          return null;
        });
  }

  private static void type(String field, String text) throws Exception {
    OpenDesktop.onEventThread(
        () -> {
          OpenDesktop.component(field, JTextComponent.class).setText(text);
          return null;
        });
  }

  private static boolean isRead(Listed<?> listed) {
    return listed.stage() == Listed.Stage.READY;
  }

  /** Whether what a tab shows was read. */
  private static boolean isRead(DeskState state, int tab) {
    return switch (tab) {
      case FILES -> isRead(state.drive().shown());
      case TASKS -> isRead(state.tasks().listed());
      case CHANNEL -> isRead(state.channel().listed());
      case MAIL -> isRead(state.mail().listed());
      default -> isRead(state.tokens());
    };
  }

  /** Selects a tab and looks at it before anything that it reads can arrive. */
  private static List<String> selected(int tab, Supplier<List<String>> look) {
    OpenDesktop.component("tabs", JTabbedPane.class).setSelectedIndex(tab);
    return look.get();
  }

  private static List<String> names(String table) throws Exception {
    return OpenDesktop.onEventThread(
        () -> {
          JTable shown = OpenDesktop.component(table, JTable.class);
          List<String> names = new ArrayList<>();
          for (int row = 0; row < shown.getRowCount(); row++) {
            Component cell = shown.prepareRenderer(shown.getCellRenderer(row, 0), row, 0);
            names.add(((JLabel) cell).getText());
          }
          return names;
        });
  }

  private static void selectFile(String name) throws Exception {
    int row = names("files").indexOf(name);
    OpenDesktop.onEventThread(
        () -> {
          OpenDesktop.component("files", JTable.class).setRowSelectionInterval(row, row);
          return null;
        });
  }

  /** What a key does in the component that it is pressed in. */
  private static void key(String component, String action) throws Exception {
    OpenDesktop.onEventThread(
        () -> {
          JComponent target = OpenDesktop.component(component, JComponent.class);
          target.getActionMap().get(action).actionPerformed(null);
          return null;
        });
  }

  private static String text(String name) throws Exception {
    return OpenDesktop.onEventThread(
        () -> {
          Component shown = OpenDesktop.component(name, Component.class);
          return shown instanceof JLabel label
              ? label.getText()
              : ((JTextComponent) shown).getText();
        });
  }

  @Test
  void firstSignInShowsTheFilesAndSaysWhereTheyAre() throws Exception {
    try (OpenDesktop desk = new OpenDesktop()) {
      assertThat(text("banner")).contains("servers of its own", DemoServers.ADELE);

      desk.signInByDialog(DemoServers.ADELE);

      assertThat(names("files")).containsExactly("Notes", "Reports", "Welcome.txt");
      assertThat(text("person")).isEqualTo(DemoServers.ADELE);
    }
  }

  @Test
  void closedSignInDialogLeavesTheWayToSignIn() throws Exception {
    try (OpenDesktop desk = new OpenDesktop()) {
      desk.press("sign-in");
      desk.press("CLOSE");

      desk.signInByDialog(DemoServers.BRUNO);

      assertThat(text("person")).isEqualTo(DemoServers.BRUNO);
    }
  }

  @Test
  void folderIsOpenedByKeyAndByTheTreeAndLeftByAButton() throws Exception {
    try (OpenDesktop desk = new OpenDesktop()) {
      desk.signIn(DemoServers.ADELE);
      selectFile("Notes");

      key("files", "open");
      desk.await(state -> state.drive().shown().items().size() == 25);
      assertThat(text("path")).isEqualTo("My files / Notes");
      desk.press("up");
      assertThat(names("files")).containsExactly("Notes", "Reports", "Welcome.txt");
      OpenDesktop.onEventThread(
          () -> {
            JTree tree = OpenDesktop.component("folders", JTree.class);
            tree.setSelectionRow(2);
            return null;
          });
      desk.await(
          state -> isRead(state.drive().shown()) && state.drive().current().parent() != null);

      assertThat(text("path")).isEqualTo("My files / Reports");
      assertThat(names("files")).containsExactly("2026", "budget.csv");
    }
  }

  @Test
  void filesAreUploadedByTheButtonAndByDropping() throws Exception {
    Path folder = Files.createTempDirectory("latchkey-desktop");
    Path chosen = Files.writeString(folder.resolve("chosen.txt"), "chosen");
    Path dropped = Files.writeString(folder.resolve("dropped.txt"), "dropped");
    try (OpenDesktop desk = new OpenDesktop()) {
      desk.signIn(DemoServers.ADELE);
      desk.toUpload = List.of(chosen);

      desk.press("upload");
      desk.await(state -> state.drive().shown().items().size() == 4);
      boolean taken =
          OpenDesktop.onEventThread(
              () -> {
                JTable table = OpenDesktop.component("files", JTable.class);
                return table
                    .getTransferHandler()
                    .importData(
                        new TransferHandler.TransferSupport(table, files(dropped.toFile())));
              });
      desk.await(state -> state.drive().shown().items().size() == 5);

      assertThat(taken).isTrue();
      assertThat(names("files")).contains("chosen.txt", "dropped.txt");
      assertThat(desk.servers.server().graph().drive(DemoServers.ADELE).fileText("dropped.txt"))
          .isEqualTo("dropped");
    } finally {
      Files.delete(chosen);
      Files.delete(dropped);
      Files.delete(folder);
    }
  }

  private static Transferable files(File file) {
    return new Transferable() {
      @Override
      public DataFlavor[] getTransferDataFlavors() {
        return new DataFlavor[] {DataFlavor.javaFileListFlavor};
      }

      @Override
      public boolean isDataFlavorSupported(DataFlavor flavor) {
        return flavor.equals(DataFlavor.javaFileListFlavor);
      }

      @Override
      public Object getTransferData(DataFlavor flavor) {
        return List.of(file);
      }
    };
  }

  @Test
  void downloadIsSavedAndAnotherIsCancelled() throws Exception {
    Path folder = Files.createTempDirectory("latchkey-desktop");
    Path copy = folder.resolve("copy.txt");
    Path never = folder.resolve("never.txt");
    try (OpenDesktop desk = new OpenDesktop()) {
      desk.signIn(DemoServers.ADELE);
      selectFile("Welcome.txt");
      desk.toSave = copy;
      desk.press("download");
      desk.await(state -> state.drive().transfers().size() == 1 && state.drive().running() == 0);
      desk.servers.server().clearRequests();
      desk.servers.server().fail(Fault.hang().always().to(Endpoint.DOWNLOAD));
      desk.toSave = never;
      desk.press("clear");
      desk.press("download");
      assertThat(desk.servers.server().awaitRequests(Endpoint.DOWNLOAD, 1, Duration.ofSeconds(60)))
          .isTrue();

      desk.press("cancel");
      DeskState after = desk.await(state -> state.drive().running() == 0);

      assertThat(copy).hasContent("Welcome to the drive of " + DemoServers.ADELE + "\n");
      assertThat(after.drive().transfers())
          .extracting(Transfer::stage)
          .containsExactly(Transfer.Stage.CANCELLED);
      assertThat(never).doesNotExist();
    } finally {
      Files.deleteIfExists(copy);
      Files.deleteIfExists(never);
      try (var rest = Files.list(folder)) {
        assertThat(rest).isEmpty();
      }
      Files.delete(folder);
    }
  }

  @Test
  void taskIsTickedOffAndCannotBeUnticked() throws Exception {
    try (OpenDesktop desk = new OpenDesktop()) {
      desk.signIn(DemoServers.ADELE);
      select(TASKS);
      desk.await(state -> state.tasks().listed().items().size() == 2);

      desk.press("task");
      DeskState after = desk.await(state -> state.notice().startsWith("Done: "));
      desk.press("task");

      assertThat(after.tasks().listed().items().get(0).isComplete()).isTrue();
      assertThat(
              OpenDesktop.onEventThread(
                  () -> OpenDesktop.component("task", JCheckBox.class).isSelected()))
          .isTrue();
    }
  }

  @Test
  void messageIsPostedAndItsFieldIsEmptied() throws Exception {
    try (OpenDesktop desk = new OpenDesktop()) {
      desk.signIn(DemoServers.ADELE);
      select(CHANNEL);
      desk.await(state -> state.channel().listed().items().size() == 2);
      type("message", "The key is cut.");

      desk.press("post");
      desk.await(state -> state.channel().submission().sent() == 1);

      assertThat(text("message")).isEmpty();
      assertThat(text("post-note")).isEqualTo("Posted to Locksmiths / General.");
      assertThat(desk.servers.server().graph().requests("POST", "/messages")).hasSize(1);
    }
  }

  @Test
  void mailIsListedAndSentOnce() throws Exception {
    try (OpenDesktop desk = new OpenDesktop()) {
      desk.signIn(DemoServers.ADELE);
      select(MAIL);
      desk.await(state -> isRead(state.mail().listed()));
      assertThat(names("mail")).containsExactly("boss@contoso.example");
      type("to", DemoServers.BRUNO);
      type("subject", "Invoice");
      type("text", "42");

      desk.press("send");
      desk.await(state -> state.mail().submission().sent() == 1);

      assertThat(text("subject")).isEmpty();
      assertThat(desk.servers.server().graph().mailbox(DemoServers.ADELE).sent()).hasSize(1);
    }
  }

  @Test
  void allCallsOfAnAccountShareTheConnectionsOfOneClient() throws Exception {
    try (OpenDesktop desk = new OpenDesktop()) {
      desk.signIn(DemoServers.ADELE);
      for (int tab : new int[] {TASKS, CHANNEL, MAIL}) {
        select(tab);
        desk.await(state -> isRead(state, tab));
      }

      assertThat(desk.graphs).hasValue(1);
    }
  }

  @Test
  void sessionThatEndsInMidWorkIsRepairedByOneDialogAndTheWorkGoesOn() throws Exception {
    try (OpenDesktop desk = new OpenDesktop()) {
      desk.signIn(DemoServers.ADELE);
      select(TASKS);
      desk.await(state -> state.tasks().listed().items().size() == 2);
      select(DEVELOPER);
      desk.await(state -> isRead(state.tokens()));
      desk.press("end-session");

      OpenDesktop.onEventThread(
          () -> {
            desk.work.readMail();
            desk.work.readChannels();
            desk.work.complete(desk.work.state().tasks().listed().items().get(0).id());
            return null;
          });
      desk.await(DeskState::signingIn);
      assertThat(text("notice")).isEqualTo("Waiting for you to sign in again…");
      desk.approve(DemoServers.ADELE);
      DeskState after =
          desk.await(
              state ->
                  isRead(state.mail().listed())
                      && isRead(state.channel().listed())
                      && state.tasks().ticking().isEmpty());

      assertThat(desk.dialogs()).containsExactly("Sign in again");
      assertThat(after.tasks().listed().items().get(0).isComplete()).isTrue();
      assertThat(after.signingIn()).isFalse();
      assertThat(after.account()).isNotNull();
    }
  }

  @Test
  void closedDialogLeavesTheCallsFailedAndTheNextOneAsksAgain() throws Exception {
    try (OpenDesktop desk = new OpenDesktop()) {
      desk.signIn(DemoServers.ADELE);
      desk.servers.server().people().revokeSessions(DemoServers.ADELE);
      select(TASKS);
      desk.press("CLOSE");
      desk.await(state -> state.tasks().listed().stage() == Listed.Stage.FAILED);
      assertThat(text("tasks-note")).contains("you are not signed in");

      desk.chooseInMenu("menu-refresh");
      desk.approve(DemoServers.ADELE);
      desk.await(state -> isRead(state.tasks().listed()));

      assertThat(text("person")).isEqualTo(DemoServers.ADELE);
    }
  }

  @Test
  void anotherAccountIsAddedUsedAndSignedOut() throws Exception {
    try (OpenDesktop desk = new OpenDesktop()) {
      desk.signIn(DemoServers.ADELE);
      Account adele = Objects.requireNonNull(desk.await(state -> true).account());
      Account bruno = add(desk, DemoServers.BRUNO);
      assertThat(bruno).isNotEqualTo(adele);
      assertThat(desk.await(OpenDesktop::isReady).drive().transfers()).isEmpty();

      choose(desk, adele, "Use this account");
      desk.await(state -> adele.equals(state.account()));
      choose(desk, adele, "Sign out");
      desk.await(state -> bruno.equals(state.account()));
      choose(desk, bruno, "Sign out");
      desk.await(state -> state.account() == null);

      desk.awaitShown("sign-in");
    }
  }

  private static Account add(OpenDesktop desk, String username) throws Exception {
    OpenDesktop.onEventThread(
        () -> {
          JMenu menu = desk.app.accounts().menu();
          ((JMenuItem) menu.getMenuComponent(menu.getMenuComponentCount() - 1)).doClick(0);
          return null;
        });
    desk.approve(username);
    Account added =
        desk.await(state -> state.account() != null && username.equals(state.account().username()))
            .account();
    return Objects.requireNonNull(added);
  }

  /** Chooses an item below an account in the menu, as soon as the menu shows it. */
  private static void choose(OpenDesktop desk, Account account, String text) throws Exception {
    OpenDesktop.onEventThread(() -> desk.app.accounts().refresh()).get();
    OpenDesktop.onEventThread(
        () -> {
          JMenuItem item =
              Arrays.stream(desk.app.accounts().menu().getMenuComponents())
                  .filter(each -> each instanceof JMenu && account.id().equals(each.getName()))
                  .flatMap(each -> Arrays.stream(((JMenu) each).getMenuComponents()))
                  .filter(each -> each instanceof JMenuItem)
                  .map(JMenuItem.class::cast)
                  .filter(each -> each.getText().equals(text))
                  .findFirst()
                  .orElseThrow(() -> new AssertionError("no " + text));
          item.doClick(0);
          return null;
        });
  }

  @Test
  void closingTheWindowCancelsWhatRunsAndLeavesNothing() throws Exception {
    Path folder = Files.createTempDirectory("latchkey-desktop");
    OpenDesktop desk = new OpenDesktop();
    try (desk) {
      desk.signIn(DemoServers.ADELE);
      selectFile("Welcome.txt");
      desk.servers.server().fail(Fault.hang().always().to(Endpoint.DOWNLOAD));
      desk.toSave = folder.resolve("never.txt");
      desk.press("download");
      assertThat(desk.servers.server().awaitRequests(Endpoint.DOWNLOAD, 1, Duration.ofSeconds(60)))
          .isTrue();

      EventQueue.invokeLater(
          () ->
              Toolkit.getDefaultToolkit()
                  .getSystemEventQueue()
                  .postEvent(
                      new WindowEvent(desk.app.window().frame(), WindowEvent.WINDOW_CLOSING)));
      assertThat(desk.app.awaitClosed(OpenDesktop.PATIENCE)).isTrue();

      assertThat(Arrays.stream(Window.getWindows()).filter(Window::isDisplayable)).isEmpty();
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        if (thread.getName().startsWith("latchkey-desktop")) {
          thread.join(OpenDesktop.PATIENCE.toMillis()); // it has told that it ends
          assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
      }
      try (var left = Files.list(folder)) {
        assertThat(left).isEmpty();
      }
    } finally {
      Files.delete(folder);
    }
  }

  @Test
  void closingTheWindowClosesTheDialogInIt() throws Exception {
    try (OpenDesktop desk = new OpenDesktop()) {
      desk.press("sign-in");
      desk.awaitShown("COPY_CODE");

      OpenDesktop.onEventThread(
          () -> {
            desk.app.close();
            return null;
          });
      assertThat(desk.app.awaitClosed(OpenDesktop.PATIENCE)).isTrue();

      assertThat(Arrays.stream(Window.getWindows()).filter(Window::isDisplayable)).isEmpty();
    }
  }

  @Test
  void nothingIsCutOffInTheSmallestWindowAtAnySize() throws Exception {
    for (int percent : new int[] {100, 150}) {
      try (OpenDesktop desk = new OpenDesktop(percent != 100, percent)) {
        desk.signIn(DemoServers.ADELE);
        OpenDesktop.onEventThread(
            () -> {
              desk.app.window().frame().setSize(desk.app.window().frame().getMinimumSize());
              desk.app.window().frame().validate();
              return null;
            });
        for (int tab : new int[] {FILES, TASKS, CHANNEL, MAIL, DEVELOPER}) {
          List<String> loading = OpenDesktop.onEventThread(() -> selected(tab, () -> cutOff(desk)));
          desk.await(state -> isRead(state, tab));
          List<String> loaded = OpenDesktop.onEventThread(() -> cutOff(desk));
          assertThat(loading).as("tab %d at %d %%, loading", tab, percent).isEmpty();
          assertThat(loaded).as("tab %d at %d %%", tab, percent).isEmpty();
        }
      }
    }
  }

  /** Buttons that are smaller than their text, and components outside the window. */
  private static List<String> cutOff(OpenDesktop desk) {
    JComponent root = desk.app.window().frame().getRootPane();
    root.validate();
    List<String> cut = new ArrayList<>();
    for (Component each : OpenDesktop.all(desk.app.window().frame())) {
      if (!each.isShowing() || SwingUtilities.getAncestorOfClass(JScrollPane.class, each) != null) {
        continue;
      }
      Rectangle place = SwingUtilities.convertRectangle(each.getParent(), each.getBounds(), root);
      Dimension wanted = each.getPreferredSize();
      boolean narrow = each.getWidth() < wanted.width;
      boolean low = each.getHeight() < wanted.height;
      boolean cutButton =
          each instanceof AbstractButton button && !button.getText().isEmpty() && (narrow || low);
      boolean cutField = each instanceof JTextComponent && low;
      if (!new Rectangle(root.getSize()).contains(place) || cutButton || cutField) {
        cut.add(each.getClass().getSimpleName() + " " + each.getName() + " " + place);
      }
    }
    return cut;
  }

  @Test
  void everythingThatTakesTheKeyboardHasANameForScreenReaders() throws Exception {
    try (OpenDesktop desk = new OpenDesktop()) {
      desk.signIn(DemoServers.ADELE);
      for (int tab : new int[] {FILES, TASKS, CHANNEL, MAIL, DEVELOPER}) {
        List<String> loading = OpenDesktop.onEventThread(() -> selected(tab, () -> nameless(desk)));
        desk.await(state -> isRead(state, tab));
        List<String> loaded = OpenDesktop.onEventThread(() -> nameless(desk));
        assertThat(loading).as("tab %d, loading", tab).isEmpty();
        assertThat(loaded).as("tab %d", tab).isEmpty();
      }
    }
  }

  private static List<String> nameless(OpenDesktop desk) {
    return OpenDesktop.all(desk.app.window().frame()).stream()
        .filter(each -> each.isShowing() && each.isFocusable() && each.isEnabled())
        .filter(
            each ->
                each instanceof AbstractButton
                    || each instanceof JTextComponent
                    || each instanceof JTable
                    || each instanceof JTree
                    || each instanceof JComboBox)
        .filter(
            each -> {
              String name = each.getAccessibleContext().getAccessibleName();
              return name == null || name.isEmpty();
            })
        .filter(each -> SwingUtilities.getAncestorOfClass(JComboBox.class, each) == null)
        .filter(each -> SwingUtilities.getAncestorOfClass(JScrollBar.class, each) == null)
        .map(each -> each.getClass().getName() + " " + each.getName())
        .toList();
  }

  @Test
  void darkIsChosenInTheMenuWhileTheWindowIsOpen() throws Exception {
    try (OpenDesktop desk = new OpenDesktop()) {
      desk.signIn(DemoServers.ADELE);
      Color light =
          OpenDesktop.onEventThread(
              () -> OpenDesktop.component("files", JTable.class).getBackground());

      desk.chooseInMenu("menu-dark");

      Color dark =
          OpenDesktop.onEventThread(
              () -> OpenDesktop.component("files", JTable.class).getBackground());
      assertThat(brightness(dark)).isLessThan(brightness(light) / 2);
      desk.chooseInMenu("menu-larger");
      assertThat(
              OpenDesktop.onEventThread(
                  () -> OpenDesktop.component("person", Component.class).getFont().getSize()))
          .isEqualTo(16);
    }
  }

  private static int brightness(Color color) {
    return color.getRed() + color.getGreen() + color.getBlue();
  }
}
