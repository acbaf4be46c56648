/** The endpoints of the authorization server. */
@org.jspecify.annotations.NullMarked
package dev.latchkey.testkit.internal.oauth;
