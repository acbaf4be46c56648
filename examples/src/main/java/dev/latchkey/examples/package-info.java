/** The {@code latchkey} command line and the demo; an example of the public API. */
@NullMarked
package dev.latchkey.examples;

import org.jspecify.annotations.NullMarked;
