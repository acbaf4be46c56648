/**
 * Puts the fake Microsoft Graph together: the packages below know the calls, the drives, the mail,
 * the teams and the plans; this one knows the authorization server and the ports.
 */
@org.jspecify.annotations.NullMarked
package dev.latchkey.testkit.internal.graph;
