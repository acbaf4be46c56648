/**
 * A sign-in dialog and an account menu for Swing applications. They look like the application's
 * look and feel.
 *
 * <p>Start with {@link dev.latchkey.swing.SignInDialog}.
 */
@NullMarked
package dev.latchkey.swing;

import org.jspecify.annotations.NullMarked;
