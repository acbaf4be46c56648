package dev.latchkey.swing.internal.flow;

import dev.latchkey.Account;
import dev.latchkey.BrowserSignIn;
import dev.latchkey.PublicClient;
import dev.latchkey.SignIn;
import dev.latchkey.SignInOptions;
import dev.latchkey.TokenSource;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.SignInRequired.Requirements;
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

  /**
   * Looks whether what an exception required has come with another sign-in of the account: whether
   * its token can be had now. Does not block.
   *
   * @return why the account has to sign in once more; null if it does not. Never fails: what else
   *     goes wrong, the call meets when it is repeated
   */
  public static CompletableFuture<@Nullable SignInRequired> stillRequired(
      PublicClient client, Account account, SignInRequired why) {
    Requirements needed = why.requirements();
    if (!needed.acrValues().isEmpty() || needed.maxAge() != null) {
      return CompletableFuture.completedFuture(why); // only the API knows
    }
    try {
      TokenSource tokens =
          needed.scopes().isEmpty()
              ? client.tokens(account)
              : client.tokens(account, needed.scopes());
      return (needed.claims() == null ? tokens.getAsync() : tokens.getAsync(needed.claims()))
          .handle(
              (token, failure) ->
                  failure != null && Attempt.thrown(failure) instanceof SignInRequired again
                      ? again
                      : null);
    } catch (RuntimeException | Error e) { // such as of claims that the application made up
      return CompletableFuture.completedFuture(null);
    }
  }

  private static @Nullable String name(Account account) {
    return account.username() == null ? account.name() : account.username();
  }
}
