package dev.latchkey.examples.desktop.state;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import org.jspecify.annotations.Nullable;

/**
 * All that the window shows.
 *
 * @param account who is signed in; null if nobody is
 * @param tokens the access tokens of the account, for developers
 * @param signingIn whether a call waits for the person to sign in again
 * @param notice what happened last, in a sentence
 */
public record DeskState(
    @Nullable Account account,
    DriveState drive,
    TaskState tasks,
    ChannelState channel,
    MailState mail,
    Listed<AccessToken> tokens,
    boolean signingIn,
    String notice) {

  /** Nobody is signed in. */
  public static final DeskState NOBODY = of(null);

  /** Nothing has been read for the account yet. */
  static DeskState of(@Nullable Account account) {
    return new DeskState(
        account,
        DriveState.EMPTY,
        TaskState.EMPTY,
        ChannelState.EMPTY,
        MailState.EMPTY,
        Listed.notAsked(),
        false,
        "");
  }

  DeskState with(DriveState changed) {
    return new DeskState(account, changed, tasks, channel, mail, tokens, signingIn, notice);
  }

  DeskState with(TaskState changed) {
    return new DeskState(account, drive, changed, channel, mail, tokens, signingIn, notice);
  }

  DeskState with(ChannelState changed) {
    return new DeskState(account, drive, tasks, changed, mail, tokens, signingIn, notice);
  }

  DeskState with(MailState changed) {
    return new DeskState(account, drive, tasks, channel, changed, tokens, signingIn, notice);
  }

  DeskState withTokens(Listed<AccessToken> changed) {
    return new DeskState(account, drive, tasks, channel, mail, changed, signingIn, notice);
  }

  DeskState signingIn(boolean open) {
    return new DeskState(account, drive, tasks, channel, mail, tokens, open, notice);
  }

  DeskState saying(String text) {
    return new DeskState(account, drive, tasks, channel, mail, tokens, signingIn, text);
  }

  boolean isOf(String accountId) {
    return account != null && account.id().equals(accountId);
  }
}
