package dev.latchkey.testkit;

import org.jspecify.annotations.Nullable;

/**
 * What the person at the page does with a code.
 *
 * @param user who approves; null to decline
 */
record Decision(@Nullable TestUser user) {

  static final Decision DECLINE = new Decision(null);

  static Decision approveAs(TestUser user) {
    return new Decision(user);
  }
}
