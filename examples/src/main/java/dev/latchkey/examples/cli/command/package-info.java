/** What the commands share: their base classes, their options and the reporting of errors. */
@NullMarked
package dev.latchkey.examples.cli.command;

import org.jspecify.annotations.NullMarked;
