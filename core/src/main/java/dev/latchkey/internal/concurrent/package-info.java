/** Futures, daemon threads and everything that waits or takes turns. */
@NullMarked
package dev.latchkey.internal.concurrent;

import org.jspecify.annotations.NullMarked;
