package dev.latchkey.examples.desktop.state;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.graph.mail.Message;
import dev.latchkey.graph.planner.PlannerTask;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens in the application. */
public sealed interface Event {

  /** Another account is in use; null if nobody is signed in any longer. */
  record AccountChanged(@Nullable Account account) implements Event {}

  /** Something happened to an account, which may no longer be the one in use. */
  record Of(String accountId, Event event) implements Event {}

  /** A call waits for a sign-in, or no call does any longer. */
  record SigningIn(boolean open) implements Event {}

  record Noticed(String text) implements Event {}

  record FolderOpened(Folder folder) implements Event {}

  record Loading(Part part) implements Event {}

  record LoadingFailed(Part part, String problem) implements Event {}

  record FolderListed(String folderId, List<DriveItem> items) implements Event {}

  record TasksListed(List<PlannerTask> items) implements Event {}

  record ChannelsListed(List<ChannelChoice> items) implements Event {}

  record MailListed(List<Message> items) implements Event {}

  record TokensListed(List<AccessToken> items) implements Event {}

  record TransferBegan(Transfer transfer) implements Event {}

  record TransferMoved(int id, long done, long total) implements Event {}

  record TransferEnded(int id, Transfer.Stage stage, @Nullable String problem) implements Event {}

  record TransfersCleared() implements Event {}

  record TaskBegan(String id) implements Event {}

  record TaskCompleted(PlannerTask task) implements Event {}

  record TaskFailed(String id, String problem) implements Event {}

  record PostBegan() implements Event {}

  record Posted(String channel) implements Event {}

  record PostFailed(String problem) implements Event {}

  record MailBegan(Draft draft, String key) implements Event {}

  record MailSent() implements Event {}

  record MailFailed(String problem) implements Event {}
}
