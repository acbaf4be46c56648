/** Swing components that show a state. */
@NullMarked
package dev.latchkey.swing.internal.view;

import org.jspecify.annotations.NullMarked;
