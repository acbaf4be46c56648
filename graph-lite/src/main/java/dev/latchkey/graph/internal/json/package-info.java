/** Reads the members of Graph's JSON. */
@NullMarked
package dev.latchkey.graph.internal.json;

import org.jspecify.annotations.NullMarked;
