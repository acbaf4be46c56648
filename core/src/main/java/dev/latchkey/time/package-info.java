/**
 * The seam behind which clocks are read and waits are waited. Exported to {@code
 * dev.latchkey.graph} alone.
 */
@NullMarked
package dev.latchkey.time;

import org.jspecify.annotations.NullMarked;
