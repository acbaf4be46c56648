/**
 * The errors of Graph, with one type for each thing that a caller does next. Errors of the session
 * are {@link dev.latchkey.error.LatchkeyException}s, as everywhere in Latchkey.
 */
@NullMarked
package dev.latchkey.graph.error;

import org.jspecify.annotations.NullMarked;
