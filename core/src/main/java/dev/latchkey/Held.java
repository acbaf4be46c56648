package dev.latchkey;

/** An access token in memory, made once so that handing it out allocates nothing. */
record Held(AccessToken token, Lifetime lifetime) {

  Held(AccessToken token, Lifetime lifetime) {
    this.token = token.from(AccessToken.Source.CACHE);
    this.lifetime = lifetime;
  }

  Held toItsEnd() {
    return new Held(token, lifetime.dueAtEnd());
  }

  @Override
  public String toString() {
    return "Held[expiresAt=" + token.expiresAt() + "]";
  }
}
