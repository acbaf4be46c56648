package dev.latchkey.graph;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.ScopeAudit;
import dev.latchkey.TokenSource;
import dev.latchkey.error.SignInRequired;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tokens {@code token-1}, {@code token-2}…, the next one whenever one is replaced. */
final class CountingTokens implements TokenSource {

  private final Set<String> granted;
  private final List<@Nullable String> claims = new ArrayList<>();
  private int number = 1;
  private int asked;
  private @Nullable SignInRequired refusal;
  private Runnable onReplace = () -> {};

  CountingTokens(String... granted) {
    this.granted = Set.of(granted);
  }

  @Override
  public synchronized AccessToken get() {
    asked++;
    return token();
  }

  @Override
  public AccessToken getWithClaims(String claims) {
    throw new UnsupportedOperationException();
  }

  @Override
  public synchronized AccessToken replace(AccessToken rejected, @Nullable String wanted) {
    claims.add(wanted);
    onReplace.run();
    if (refusal != null) {
      throw refusal;
    }
    if (rejected.value().equals("token-" + number)) {
      number++;
    }
    return token();
  }

  @Override
  public Account account() {
    return new Account("the-account", "https://issuer.example", null, null, null, null, null);
  }

  /** From now on no token can be replaced. */
  synchronized void refuse(SignInRequired why) {
    refusal = why;
  }

  /** Lets something happen while a token is replaced. */
  synchronized void onReplace(Runnable meanwhile) {
    onReplace = meanwhile;
  }

  /** How often a token was asked for. */
  synchronized int asked() {
    return asked;
  }

  /** The claims of each replacement, null where there were none. */
  synchronized List<@Nullable String> claims() {
    return new ArrayList<>(claims);
  }

  private AccessToken token() {
    return new AccessToken(
        "token-" + number,
        "Bearer",
        Instant.MAX,
        new ScopeAudit(granted, granted, Set.of(), Set.of()),
        AccessToken.Source.CACHE);
  }
}
