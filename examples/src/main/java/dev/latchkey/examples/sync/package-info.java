/** Mirrors a drive folder to a directory; may be killed at any moment. */
@NullMarked
package dev.latchkey.examples.sync;

import org.jspecify.annotations.NullMarked;
