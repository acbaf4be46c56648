package dev.latchkey.swing.internal.flow;

import dev.latchkey.BrowserSignIn;
import dev.latchkey.SignIn;
import dev.latchkey.SignInOptions;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a sign-in in a dialog needs of the world. No call blocks. */
public interface Gateway {

  /** Requests a code. Cancelling the future ends the request. */
  CompletableFuture<SignIn> beginCode(SignInOptions options);

  /** Prepares a sign-in in the browser. Cancelling the future ends the preparation. */
  CompletableFuture<BrowserSignIn> beginBrowser(SignInOptions options);

  /** Whether the browser was started. */
  CompletableFuture<Boolean> open(URI page);

  /** Lets the application unlock its token store. Cancelling the future interrupts that. */
  CompletableFuture<@Nullable Void> unlock();

  /** The name of the account, for display; null if it has none or cannot be had. */
  CompletableFuture<@Nullable String> nameOf(String accountId);
}
