/**
 * Between HTTP bytes and typed values: requests, replies, the servers' errors, metadata. Not
 * exported; its types are public for {@code dev.latchkey} alone.
 */
@NullMarked
package dev.latchkey.wire;

import org.jspecify.annotations.NullMarked;
