package dev.latchkey.testkit.internal.grant;

import org.jspecify.annotations.Nullable;

/**
 * A new grant, or one whose refresh token was redeemed.
 *
 * @param refreshToken the new refresh token, or null if the answer has none
 */
public record Redeemed(UserGrant grant, @Nullable String refreshToken) {

  @Override
  public String toString() {
    return "a grant of " + grant.user().username();
  }
}
