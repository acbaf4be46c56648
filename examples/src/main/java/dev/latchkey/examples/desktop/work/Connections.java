package dev.latchkey.examples.desktop.work;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.graph.GraphClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What the work needs of the world. */
public interface Connections {

  /** Graph with the tokens of an account. Does not block. */
  GraphClient graph(Account account);

  /** The access tokens that an account has. Blocks. */
  List<AccessToken> tokens(Account account);

  /**
   * Has the person sign in again. Called on the event thread, and does not block.
   *
   * @return completes on the event thread
   */
  CompletableFuture<Account> signInAgain(SignInRequired why);
}
