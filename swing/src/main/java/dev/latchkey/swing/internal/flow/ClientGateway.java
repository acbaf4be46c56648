package dev.latchkey.swing.internal.flow;

import dev.latchkey.Account;
import dev.latchkey.BrowserSignIn;
import dev.latchkey.PublicClient;
import dev.latchkey.SignIn;
import dev.latchkey.SignInOptions;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A client, the person's browser, and the application's way to unlock its token store. */
public final class ClientGateway implements Gateway {

  private final PublicClient client;
  private final Predicate<URI> browser;
  private final @Nullable Runnable unlock;

  public ClientGateway(PublicClient client, Predicate<URI> browser, @Nullable Runnable unlock) {
    this.client = client;
    this.browser = browser;
    this.unlock = unlock;
  }

  @Override
  public CompletableFuture<SignIn> beginCode(SignInOptions options) {
    return client.beginSignInAsync(options);
  }

  @Override
  public CompletableFuture<BrowserSignIn> beginBrowser(SignInOptions options) {
    return Background.call(() -> client.beginBrowserSignIn(options), BrowserSignIn::cancel);
  }

  @Override
  public CompletableFuture<Boolean> open(URI page) {
    return Background.call(() -> browser.test(page));
  }

  @Override
  public CompletableFuture<@Nullable Void> unlock() {
    return Background.call(
        () -> {
          if (unlock != null) {
            unlock.run();
          }
          return null;
        });
  }

  @Override
  public CompletableFuture<@Nullable String> nameOf(String accountId) {
    return Background.call(
        () ->
            client.accounts().stream()
                .filter(account -> account.id().equals(accountId))
                .map(ClientGateway::name)
                .findFirst()
                .orElse(null));
  }

  private static @Nullable String name(Account account) {
    return account.username() == null ? account.name() : account.username();
  }
}
