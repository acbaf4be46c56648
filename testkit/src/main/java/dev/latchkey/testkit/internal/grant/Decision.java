package dev.latchkey.testkit.internal.grant;

import dev.latchkey.testkit.TestUser;
import org.jspecify.annotations.Nullable;

/**
 * What the user does with a code.
 *
 * @param user who approves; null to decline
 */
public record Decision(@Nullable TestUser user) {

  public static final Decision DECLINE = new Decision(null);

  public static Decision approveAs(TestUser user) {
    return new Decision(user);
  }
}
