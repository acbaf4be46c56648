/**
 * The failures: one sealed family of unchecked exceptions, classified by what the caller does next.
 * The root is {@link dev.latchkey.error.LatchkeyException}.
 */
@NullMarked
package dev.latchkey.error;

import org.jspecify.annotations.NullMarked;
