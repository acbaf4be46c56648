package dev.latchkey.examples.desktop.work;

import dev.latchkey.Account;
import dev.latchkey.examples.desktop.state.ChannelChoice;
import dev.latchkey.examples.desktop.state.DeskState;
import dev.latchkey.examples.desktop.state.Draft;
import dev.latchkey.examples.desktop.state.Event;
import dev.latchkey.examples.desktop.state.Folder;
import dev.latchkey.examples.desktop.state.Part;
import dev.latchkey.examples.desktop.state.Transition;
import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.graph.mail.SendJournal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the person wants, done: it starts the calls and tells {@link Transition} what happens. Lives
 * on the event thread, and knows neither AWT nor Swing.
 */
public final class DeskWork {

  private final Connections connections;
  private final Executor eventThread;
  private final Calls calls;
  private final Transfers transfers;
  private final SendJournal journal = new MemoryJournal();
  private final List<Consumer<DeskState>> listeners = new ArrayList<>();
  private final Map<Part, Call<?>> reading = new HashMap<>();
  private DeskState state = DeskState.NOBODY;

  /**
   * Creates it; nobody is signed in.
   *
   * @param eventThread runs one task after another, in their order
   */
  public DeskWork(Connections connections, Executor eventThread) {
    this.connections = connections;
    this.eventThread = eventThread;
    this.calls =
        new Calls(
            eventThread,
            new SignInAgain(
                connections::signInAgain,
                waiting -> on(new Event.SigningIn(waiting)),
                eventThread));
    this.transfers = new Transfers(this, calls);
  }

  public DeskState state() {
    return state;
  }

  /** Tells a listener of each new state. */
  public void onChange(Consumer<DeskState> listener) {
    listeners.add(listener);
  }

  void on(Event event) {
    DeskState before = state;
    state = Transition.next(before, event);
    if (!state.equals(before)) {
      List.copyOf(listeners).forEach(listener -> listener.accept(state));
    }
  }

  void on(Account account, Event event) {
    on(new Event.Of(account.id(), event));
  }

  /** Hands an event over to the event thread. */
  void tell(Account account, Event event) {
    eventThread.execute(() -> on(account, event));
  }

  Connections connections() {
    return connections;
  }

  /** Takes the account in use. The calls of another one end. */
  public void use(@Nullable Account account) {
    Account before = state.account();
    if (before != null && (account == null || !account.id().equals(before.id()))) {
      calls.cancelAll();
      transfers.forget();
      reading.clear();
    }
    on(new Event.AccountChanged(account));
    if (account != null && (before == null || !account.id().equals(before.id()))) {
      open(Folder.ROOT);
    }
  }

  /** Shows a folder, and reads it. */
  public void open(Folder folder) {
    on(new Event.FolderOpened(folder));
    read(folder);
  }

  /** Reads what is in a folder. */
  public void read(Folder folder) {
    Account account = state.account();
    if (account == null) {
      return;
    }
    Part part = Part.folder(folder.id());
    load(
        part,
        "The folder could not be read",
        () -> connections.graph(account).drives().mine().children(folder.ref()).toList(),
        (List<DriveItem> items) -> new Event.FolderListed(folder.id(), items));
  }

  public void readTasks() {
    Account account = state.account();
    if (account != null) {
      load(
          Part.TASKS,
          "The tasks could not be read",
          () -> connections.graph(account).planner().myTasks().toList(),
          Event.TasksListed::new);
    }
  }

  public void readChannels() {
    Account account = state.account();
    if (account != null) {
      load(
          Part.CHANNELS,
          "The channels could not be read",
          () -> GraphCalls.channels(connections.graph(account)),
          Event.ChannelsListed::new);
    }
  }

  public void readMail() {
    Account account = state.account();
    if (account != null) {
      load(
          Part.MAIL,
          "The mail could not be read",
          () -> GraphCalls.mail(connections.graph(account)),
          Event.MailListed::new);
    }
  }

  public void readTokens() {
    Account account = state.account();
    if (account != null) {
      load(
          Part.TOKENS,
          "The tokens could not be read",
          () -> connections.tokens(account),
          Event.TokensListed::new);
    }
  }

  private <T> void load(Part part, String otherwise, Callable<T> read, Function<T, Event> event) {
    Account account = Objects.requireNonNull(state.account());
    Call<?> earlier = reading.remove(part);
    if (earlier != null) { // its answer may be older, and arrive later
      earlier.cancel();
    }
    on(account, new Event.Loading(part));
    reading.put(
        part,
        calls.start(
            account,
            read,
            result -> on(account, event.apply(result)),
            failure ->
                on(account, new Event.LoadingFailed(part, Problems.text(otherwise, failure)))));
  }

  /** Uploads files into the folder that is shown. */
  public void upload(List<Path> files) {
    Account account = state.account();
    if (account != null) {
      transfers.upload(account, state.drive().current(), files);
    }
  }

  /** Downloads a file. */
  public void download(DriveItem item, Path target) {
    Account account = state.account();
    if (account != null) {
      transfers.download(account, item, target);
    }
  }

  public void cancelTransfer(int id) {
    transfers.cancel(id);
  }

  /** Takes the transfers that have ended from the list. */
  public void clearTransfers() {
    on(new Event.TransfersCleared());
  }

  /** Completes a task. */
  public void complete(String taskId) {
    Account account = state.account();
    if (account == null || state.tasks().ticking().contains(taskId)) {
      return;
    }
    on(account, new Event.TaskBegan(taskId));
    var unused =
        calls.start(
            account,
            () -> connections.graph(account).planner().complete(taskId),
            task -> on(account, new Event.TaskCompleted(task)),
            failure ->
                on(
                    account,
                    new Event.TaskFailed(
                        taskId, Problems.text("The task could not be completed", failure))));
  }

  /** Posts a message to a channel. */
  public void post(ChannelChoice channel, String text) {
    Account account = state.account();
    if (account == null || state.channel().submission().isBusy()) {
      return;
    }
    on(account, new Event.PostBegan());
    var unused =
        calls.start(
            account,
            () -> GraphCalls.post(connections.graph(account), channel, text),
            id -> on(account, new Event.Posted(channel.name())),
            failure ->
                on(
                    account,
                    new Event.PostFailed(
                        Problems.text("The message could not be posted", failure))));
  }

  /** Sends a mail: once, however often it has to be tried. */
  public void send(Draft draft) {
    Account account = state.account();
    if (account == null || state.mail().submission().isBusy()) {
      return;
    }
    String key = state.mail().keyOf(draft, UUID.randomUUID().toString());
    on(account, new Event.MailBegan(draft, key));
    var unused =
        calls.start(
            account,
            () -> GraphCalls.send(connections.graph(account), journal, key, draft),
            id -> {
              on(account, new Event.MailSent());
              readMail();
            },
            failure ->
                on(
                    account,
                    new Event.MailFailed(Problems.text("The mail could not be sent", failure))));
  }

  /** Ends all that runs. */
  public void close() {
    calls.close();
  }

  /**
   * Waits until nothing runs any longer; false if something still does. Not for the event thread.
   */
  public boolean awaitEnd(Duration patience) throws InterruptedException {
    return calls.awaitEnd(patience);
  }
}
