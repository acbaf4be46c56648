package dev.latchkey.swing.internal.view;

import dev.latchkey.Account;
import dev.latchkey.swing.internal.state.Phase;
import dev.latchkey.swing.internal.text.Texts;
import java.util.stream.Collectors;

/** What a person should know about a sign-in that succeeded, and how an account is called. */
public final class Notes {

  private Notes() {}

  static String of(Phase.SignedIn done, Texts texts) {
    String name = name(done.result().account(), texts);
    return done.notes().stream()
        .map(note -> texts.text("note." + note.name(), name))
        .collect(Collectors.joining("\n"));
  }

  /** The name of an account for display. */
  public static String name(Account account, Texts texts) {
    if (account.username() != null) {
      return account.username();
    }
    return account.name() == null ? texts.text("menu.unnamed") : account.name();
  }
}
