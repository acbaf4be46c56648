/** The seam behind which clocks are read and waits are waited. Not exported. */
@NullMarked
package dev.latchkey.time;

import org.jspecify.annotations.NullMarked;
