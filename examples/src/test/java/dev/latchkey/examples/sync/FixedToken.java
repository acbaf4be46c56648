package dev.latchkey.examples.sync;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.ScopeAudit;
import dev.latchkey.TokenSource;
import dev.latchkey.graph.GraphClient;
import java.net.URI;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The token of another process, out of the environment variable {@code TOKEN}. */
public final class FixedToken implements TokenSource {

  private final String value = System.getenv("TOKEN");

  private FixedToken() {}

  public static GraphClient graph(String url) {
    return GraphClient.builder(new FixedToken()).baseUrl(URI.create(url)).build();
  }

  @Override
  public AccessToken get() {
    ScopeAudit scopes = new ScopeAudit(Set.of(), Set.of(), Set.of(), Set.of());
    return new AccessToken(value, "Bearer", Instant.MAX, scopes, AccessToken.Source.CACHE);
  }

  @Override
  public AccessToken getWithClaims(String claims) {
    throw new UnsupportedOperationException();
  }

  @Override
  public AccessToken replace(AccessToken rejected, @Nullable String claims) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Account account() {
    return new Account("1", "https://issuer.example", null, null, null, null, null);
  }
}
