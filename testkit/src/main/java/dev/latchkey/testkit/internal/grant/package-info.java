/** What the authorization server remembers: users, apps, codes, grants and tokens. */
@org.jspecify.annotations.NullMarked
package dev.latchkey.testkit.internal.grant;
