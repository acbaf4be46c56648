/**
 * What goes wrong with Graph, one type for each thing that a caller does next. What goes wrong with
 * the session is a {@link dev.latchkey.error.LatchkeyException}, as everywhere in Latchkey.
 */
@NullMarked
package dev.latchkey.graph.error;

import org.jspecify.annotations.NullMarked;
