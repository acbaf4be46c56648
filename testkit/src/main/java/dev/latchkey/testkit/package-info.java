/**
 * A fake Microsoft Entra ID and a fake Microsoft Graph for tests, on loopback and in the process of
 * the test. Start with {@link dev.latchkey.testkit.FakeAuthorizationServer}.
 */
@NullMarked
package dev.latchkey.testkit;

import org.jspecify.annotations.NullMarked;
