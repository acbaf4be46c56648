/** The {@code latchkey graph} commands for drives, teams and tasks. */
@NullMarked
package dev.latchkey.examples.cli.graph;

import org.jspecify.annotations.NullMarked;
