package dev.latchkey.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.AuthorizationServer;
import dev.latchkey.Entra;
import dev.latchkey.PublicClient;
import dev.latchkey.TokenSource;
import dev.latchkey.keyring.KeyringTokenStore;
import dev.latchkey.store.EncryptedFileTokenStore;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Latchkey: sessions in memory, or encrypted and forced to disk. */
final class LatchkeySide implements Side {

  final PublicClient client;

  LatchkeySide(Endpoints endpoints, @Nullable Path directory) {
    AuthorizationServer server =
        Entra.tenant(Endpoints.TENANT).authorityHost(URI.create(endpoints.base()));
    this.client =
        PublicClient.builder()
            .authorizationServer(server)
            .clientId(Endpoints.CLIENT_ID)
            .scopes(Endpoints.SCOPE)
            .tokenStore(store(directory))
            .build();
  }

  private static TokenStore store(@Nullable Path directory) {
    if (Side.isInKeyring()) {
      return KeyringTokenStore.open("dev.latchkey.benchmarks");
    }
    return directory == null
        ? new MemoryTokenStore()
        : EncryptedFileTokenStore.open(
            directory,
            new SecretKeySpec("0123456789abcdef0123456789abcdef".getBytes(US_ASCII), "AES"));
  }

  @Override
  public CompletableFuture<Session> signIn() {
    return client
        .beginSignInAsync()
        .thenCompose(signIn -> signIn.result())
        .thenApply(result -> session(result.account()));
  }

  @Override
  public List<Session> sessions() {
    return client.accounts().stream().map(this::session).toList();
  }

  private Session session(Account account) {
    TokenSource tokens = client.tokens(account);
    return new Session() {
      @Override
      public String token() {
        return client.tokens(account).get().value();
      }

      @Override
      public String refresh() {
        return refreshOfHeldToken().get();
      }

      @Override
      public Supplier<String> refreshOfHeldToken() {
        AccessToken held = tokens.get();
        return () -> tokens.replace(held, null).value();
      }
    };
  }
}
