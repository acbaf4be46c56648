/** The {@code latchkey} command line: its main class, and the commands about signing in. */
@NullMarked
package dev.latchkey.examples.cli;

import org.jspecify.annotations.NullMarked;
