/** The {@code latchkey graph mail} commands. */
@NullMarked
package dev.latchkey.examples.cli.mail;

import org.jspecify.annotations.NullMarked;
