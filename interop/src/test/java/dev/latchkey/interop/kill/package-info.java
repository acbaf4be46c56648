/** Processes killed at random moments of sign-in and refresh. */
@NullMarked
package dev.latchkey.interop.kill;

import org.jspecify.annotations.NullMarked;
