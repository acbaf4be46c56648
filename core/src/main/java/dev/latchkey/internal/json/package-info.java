/**
 * Strict JSON, read member by member, without reflection. Exported to {@code dev.latchkey.graph}
 * only.
 */
@NullMarked
package dev.latchkey.internal.json;

import org.jspecify.annotations.NullMarked;
