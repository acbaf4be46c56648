/** Signing in with a device code: one pure poll step and its driver. */
@NullMarked
package dev.latchkey.internal.signin;

import org.jspecify.annotations.NullMarked;
