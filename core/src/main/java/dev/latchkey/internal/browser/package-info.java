/**
 * The loopback server to which a browser brings the answer of a sign-in. It knows HTTP and sockets,
 * and nothing of OAuth: what a request means is the matter of its {@link
 * dev.latchkey.internal.browser.LoopbackServer.Receiver}.
 */
@NullMarked
package dev.latchkey.internal.browser;

import org.jspecify.annotations.NullMarked;
