/** A mirror of a drive folder on disk that may be killed at any moment. */
@NullMarked
package dev.latchkey.examples.sync;

import org.jspecify.annotations.NullMarked;
