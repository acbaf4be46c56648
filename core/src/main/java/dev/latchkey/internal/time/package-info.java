/**
 * The clock: every reading and every wait. Exported to {@code dev.latchkey.graph} and {@code
 * dev.latchkey.keyring} only.
 */
@NullMarked
package dev.latchkey.internal.time;

import org.jspecify.annotations.NullMarked;
