/** Help, manual pages and completion, all written from the commands as picocli knows them. */
@NullMarked
package dev.latchkey.examples.cli.help;

import org.jspecify.annotations.NullMarked;
