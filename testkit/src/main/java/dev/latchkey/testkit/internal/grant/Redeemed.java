package dev.latchkey.testkit.internal.grant;

import org.jspecify.annotations.Nullable;

/**
 * A grant begun or gone on with.
 *
 * @param refreshToken the new one, or null if the answer carries none
 */
public record Redeemed(UserGrant grant, @Nullable String refreshToken) {

  @Override
  public String toString() {
    return "a grant of " + grant.user().username();
  }
}
