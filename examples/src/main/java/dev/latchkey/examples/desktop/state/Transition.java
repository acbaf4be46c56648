package dev.latchkey.examples.desktop.state;

import dev.latchkey.Account;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What follows from what: pure, so that every path is tested without a screen and a server. */
public final class Transition {

  private Transition() {}

  /** The state after an event. */
  public static DeskState next(DeskState state, Event event) {
    if (event instanceof Event.AccountChanged e) {
      return changed(state, e.account());
    } else if (event instanceof Event.Of e) { // an answer for an account that is gone is too late
      return state.isOf(e.accountId()) ? next(state, e.event()) : state;
    } else if (event instanceof Event.SigningIn e) {
      return state.signingIn(e.open());
    } else if (event instanceof Event.Noticed e) {
      return state.saying(e.text());
    } else if (event instanceof Event.Loading e) {
      return loading(state, e.part());
    } else if (event instanceof Event.LoadingFailed e) {
      return failed(state, e.part(), e.problem()).saying(e.problem());
    }
    return content(state, event);
  }

  /** The same account under a new name keeps what was read for it. */
  private static DeskState changed(DeskState state, @Nullable Account account) {
    Account before = state.account();
    if (account != null && before != null && account.id().equals(before.id())) {
      return Objects.equals(account, before)
          ? state
          : new DeskState(
              account,
              state.drive(),
              state.tasks(),
              state.channel(),
              state.mail(),
              state.tokens(),
              state.signingIn(),
              state.notice());
    }
    return DeskState.of(account);
  }

  private static DeskState loading(DeskState state, Part part) {
    return switch (part.kind()) {
      case FOLDER -> state.with(state.drive().listed(part.id(), Listed::loading));
      case TASKS -> state.with(state.tasks().listing(state.tasks().listed().loading()));
      case CHANNELS -> state.with(state.channel().listing(state.channel().listed().loading()));
      case MAIL -> state.with(state.mail().listing(state.mail().listed().loading()));
      case TOKENS -> state.withTokens(state.tokens().loading());
    };
  }

  private static DeskState failed(DeskState state, Part part, String why) {
    return switch (part.kind()) {
      case FOLDER -> state.with(state.drive().listed(part.id(), before -> before.failed(why)));
      case TASKS -> state.with(state.tasks().listing(state.tasks().listed().failed(why)));
      case CHANNELS -> state.with(state.channel().listing(state.channel().listed().failed(why)));
      case MAIL -> state.with(state.mail().listing(state.mail().listed().failed(why)));
      case TOKENS -> state.withTokens(state.tokens().failed(why));
    };
  }

  private static DeskState content(DeskState state, Event event) {
    if (event instanceof Event.FolderOpened e) {
      return state.with(state.drive().opening(e.folder()));
    } else if (event instanceof Event.FolderListed e) {
      return state.with(state.drive().listed(e.folderId(), before -> Listed.ready(e.items())));
    } else if (event instanceof Event.TasksListed e) {
      return state.with(state.tasks().listing(Listed.ready(e.items())));
    } else if (event instanceof Event.ChannelsListed e) {
      return state.with(state.channel().listing(Listed.ready(e.items())));
    } else if (event instanceof Event.MailListed e) {
      return state.with(state.mail().listing(Listed.ready(e.items())));
    } else if (event instanceof Event.TokensListed e) {
      return state.withTokens(Listed.ready(e.items()));
    }
    return work(state, event);
  }

  private static DeskState work(DeskState state, Event event) {
    DriveState drive = state.drive();
    if (event instanceof Event.TransferBegan e) {
      return state.with(drive.begun(e.transfer()));
    } else if (event instanceof Event.TransferMoved e) {
      return state.with(drive.moved(e.id(), transfer -> transfer.at(e.done(), e.total())));
    } else if (event instanceof Event.TransferEnded e) {
      return state.with(drive.moved(e.id(), transfer -> transfer.ended(e.stage(), e.problem())));
    } else if (event instanceof Event.TransfersCleared) {
      return state.with(drive.cleared());
    } else if (event instanceof Event.TaskBegan e) {
      return state.with(state.tasks().began(e.id()));
    } else if (event instanceof Event.TaskCompleted e) {
      return state.with(state.tasks().completed(e.task())).saying("Done: " + e.task().title());
    } else if (event instanceof Event.TaskFailed e) {
      return state.with(state.tasks().ended(e.id())).saying(e.problem());
    }
    return words(state, event);
  }

  private static DeskState words(DeskState state, Event event) {
    Submission post = state.channel().submission();
    if (event instanceof Event.PostBegan) {
      return state.with(state.channel().with(post.busy("Posting…")));
    } else if (event instanceof Event.Posted e) {
      return state.with(state.channel().with(post.done("Posted to " + e.channel() + ".")));
    } else if (event instanceof Event.PostFailed e) {
      return state.with(state.channel().with(post.failed(e.problem())));
    } else if (event instanceof Event.MailBegan e) {
      return state.with(state.mail().sending(e.draft(), e.key()));
    } else if (event instanceof Event.MailSent) {
      return state.with(state.mail().sent("The mail was sent."));
    } else if (event instanceof Event.MailFailed e) {
      return state.with(state.mail().failed(e.problem()));
    }
    throw new IllegalArgumentException("unknown: " + event.getClass());
  }
}
