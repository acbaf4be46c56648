package dev.latchkey.interop.adapter;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import dev.latchkey.Account;
import dev.latchkey.PublicClient;
import dev.latchkey.TokenSource;
import java.time.ZoneOffset;
import reactor.core.publisher.Mono;

/**
 * Gives the clients of the Azure SDK the tokens of an account: {@code builder.credential(new
 * AzureTokens(client, account))}. They ask for the scopes that they need, and for the claims of a
 * challenge. Where only the person can help, the call of the SDK fails with {@link
 * dev.latchkey.error.SignInRequired}.
 */
public record AzureTokens(PublicClient client, Account account) implements TokenCredential {

  @Override
  public Mono<AccessToken> getToken(TokenRequestContext request) {
    return Mono.fromFuture(
            () -> {
              TokenSource tokens = client.tokens(account, request.getScopes());
              String claims = request.getClaims();
              return claims == null ? tokens.getAsync() : tokens.getAsync(claims);
            })
        .map(token -> new AccessToken(token.value(), token.expiresAt().atOffset(ZoneOffset.UTC)));
  }
}
