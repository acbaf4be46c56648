package dev.latchkey.examples.desktop.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.Account;
import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.graph.planner.PlannerTask;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TransitionTest {

  private static final Account ADELE = account("a", "adele@contoso.example");
  private static final Account BRUNO = account("b", "bruno@contoso.example");

  private DeskState state = DeskState.NOBODY;

  private static Account account(String id, String username) {
    return new Account(id, "https://login.example", id, null, null, username, null);
  }

  private static DriveItem folder(String id, String name) {
    return new DriveItem(
        id, name, null, null, null, null, null, null, null, new DriveItem.Folder(1L), null, false);
  }

  private static PlannerTask task(String id, int percent) {
    return new PlannerTask(
        id, null, null, "Task " + id, "e", percent, null, null, null, null, null, Set.of());
  }

  private void on(Event... events) {
    for (Event event : events) {
      state = Transition.next(state, event);
    }
  }

  private void signIn(@Nullable Account account) {
    on(new Event.AccountChanged(account));
  }

  @Test
  void anotherAccountSeesNothingOfTheFormerOne() {
    signIn(ADELE);
    on(
        new Event.FolderListed("root", List.of(folder("1", "Notes"))),
        new Event.TasksListed(List.of(task("t", 0))),
        new Event.MailBegan(new Draft("ann", "Hello", "text"), "key"),
        new Event.TransferBegan(Transfer.of(1, Transfer.Direction.UPLOAD, "plan.txt")));

    signIn(BRUNO);

    assertThat(state).isEqualTo(DeskState.of(BRUNO));
    signIn(null);
    assertThat(state).isEqualTo(DeskState.NOBODY);
  }

  @Test
  void sameAccountUnderANewNameKeepsWhatWasRead() {
    signIn(ADELE);
    on(new Event.TasksListed(List.of(task("t", 0))));
    Account renamed = account("a", "adele.vance@contoso.example");

    signIn(renamed);

    assertThat(state.account()).isEqualTo(renamed);
    assertThat(state.tasks().listed().items()).hasSize(1);
  }

  @Test
  void answerForAnAccountThatIsGoneIsDropped() {
    signIn(ADELE);
    signIn(BRUNO);
    DeskState before = state;

    on(new Event.Of(ADELE.id(), new Event.TasksListed(List.of(task("t", 0)))));

    assertThat(state).isEqualTo(before);
    on(new Event.Of(BRUNO.id(), new Event.TasksListed(List.of(task("t", 0)))));
    assertThat(state.tasks().listed().items()).hasSize(1);
  }

  @Test
  void answerForAFolderThatIsNoLongerShownIsKeptForIt() {
    signIn(ADELE);
    Folder notes = Folder.ROOT.child(folder("1", "Notes"));
    on(new Event.FolderOpened(notes), new Event.Loading(Part.folder("1")));
    on(new Event.FolderOpened(Folder.ROOT));

    on(new Event.FolderListed("1", List.of(folder("2", "Old"))));

    assertThat(state.drive().shown().stage()).isEqualTo(Listed.Stage.NOT_ASKED);
    assertThat(state.drive().in("1").items()).extracting(DriveItem::name).containsExactly("Old");
  }

  @Test
  void earlierItemsStayWhileTheyAreReadAgainAndWhereThatFails() {
    signIn(ADELE);
    on(new Event.TasksListed(List.of(task("t", 0))), new Event.Loading(Part.TASKS));
    assertThat(state.tasks().listed().isLoading()).isTrue();
    assertThat(state.tasks().listed().items()).hasSize(1);

    on(new Event.LoadingFailed(Part.TASKS, "No connection."));

    assertThat(state.tasks().listed().items()).hasSize(1);
    assertThat(state.tasks().listed().problem()).isEqualTo("No connection.");
    assertThat(state.notice()).isEqualTo("No connection.");
  }

  @Test
  void transferThatWasCancelledStaysCancelled() {
    signIn(ADELE);
    on(
        new Event.TransferBegan(Transfer.of(1, Transfer.Direction.DOWNLOAD, "plan.txt")),
        new Event.TransferMoved(1, 30, 60),
        new Event.TransferEnded(1, Transfer.Stage.CANCELLED, null),
        new Event.TransferMoved(1, 60, 60),
        new Event.TransferEnded(1, Transfer.Stage.DONE, null));

    Transfer transfer = state.drive().transfers().get(0);

    assertThat(transfer.stage()).isEqualTo(Transfer.Stage.CANCELLED);
    assertThat(transfer.percent()).isEqualTo(50);
  }

  @Test
  void clearingLeavesWhatRuns() {
    signIn(ADELE);
    on(
        new Event.TransferBegan(Transfer.of(1, Transfer.Direction.DOWNLOAD, "one")),
        new Event.TransferBegan(Transfer.of(2, Transfer.Direction.UPLOAD, "two")),
        new Event.TransferEnded(1, Transfer.Stage.DONE, null));
    assertThat(state.drive().running()).isEqualTo(1);

    on(new Event.TransfersCleared());

    assertThat(state.drive().transfers()).extracting(Transfer::id).containsExactly(2);
  }

  @Test
  void percentOfAnUnknownSizeIsNoneAndOfAnEmptyFileThatIsDoneAll() {
    Transfer transfer = Transfer.of(1, Transfer.Direction.UPLOAD, "empty");

    assertThat(transfer.percent()).isZero();
    assertThat(transfer.ended(Transfer.Stage.DONE, null).percent()).isEqualTo(100);
    assertThat(transfer.at(5, 2).percent()).isEqualTo(100);
  }

  @Test
  void taskIsTickedAtOnceAndUntickedIfThatFails() {
    signIn(ADELE);
    on(new Event.TasksListed(List.of(task("one", 0), task("two", 0))), new Event.TaskBegan("one"));
    assertThat(state.tasks().isTicked(task("one", 0))).isTrue();

    on(new Event.TaskFailed("one", "Somebody else deleted it."));

    assertThat(state.tasks().isTicked(task("one", 0))).isFalse();
    assertThat(state.notice()).isEqualTo("Somebody else deleted it.");
  }

  @Test
  void completedTaskTakesThePlaceOfTheOldOne() {
    signIn(ADELE);
    on(
        new Event.TasksListed(List.of(task("one", 0), task("two", 0))),
        new Event.TaskBegan("one"),
        new Event.TaskCompleted(task("one", 100)));

    assertThat(state.tasks().listed().items()).containsExactly(task("one", 100), task("two", 0));
    assertThat(state.tasks().ticking()).isEmpty();
  }

  @Test
  void mailKeepsItsNameUntilItIsSentOrChanged() {
    signIn(ADELE);
    Draft draft = new Draft("ann@contoso.example", "Hello", "text");
    Draft changed = new Draft("ann@contoso.example", "Hello", "another text");
    assertThat(state.mail().keyOf(draft, "first")).isEqualTo("first");
    on(new Event.MailBegan(draft, "first"), new Event.MailFailed("No answer came."));

    assertThat(state.mail().keyOf(draft, "second")).isEqualTo("first");
    assertThat(state.mail().keyOf(changed, "second")).isEqualTo("second");
    on(new Event.MailBegan(draft, "first"), new Event.MailSent());
    assertThat(state.mail().keyOf(draft, "second")).isEqualTo("second");
  }

  @Test
  void fieldsAreEmptiedOnlyByWhatWasSent() {
    signIn(ADELE);
    on(new Event.PostBegan(), new Event.PostFailed("No answer came."));
    assertThat(state.channel().submission().sent()).isZero();
    assertThat(state.channel().submission().note()).isEqualTo("No answer came.");

    on(new Event.PostBegan());
    assertThat(state.channel().submission().isBusy()).isTrue();
    on(new Event.Posted("Workshop"));

    assertThat(state.channel().submission().sent()).isEqualTo(1);
    assertThat(state.channel().submission().note()).isEqualTo("Posted to Workshop.");
  }

  @Test
  void textOfAMailIsNotInALog() {
    assertThat(new Draft("ann@contoso.example", "Salary", "Raise it").toString())
        .doesNotContain("ann", "Salary", "Raise");
  }
}
