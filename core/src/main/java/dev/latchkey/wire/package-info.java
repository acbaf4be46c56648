/**
 * Between HTTP bytes and typed values: requests, replies, the servers' errors, metadata. Its types
 * are public for {@code dev.latchkey}, and exported to {@code dev.latchkey.graph} alone.
 */
@NullMarked
package dev.latchkey.wire;

import org.jspecify.annotations.NullMarked;
