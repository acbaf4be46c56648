/** What commands print: results as text or JSON, prompts, and errors with their remedies. */
@NullMarked
package dev.latchkey.examples.cli.output;

import org.jspecify.annotations.NullMarked;
