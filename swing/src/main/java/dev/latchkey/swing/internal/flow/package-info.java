/** One sign-in in a dialog: carries out what the state decides, on the event thread. */
@NullMarked
package dev.latchkey.swing.internal.flow;

import org.jspecify.annotations.NullMarked;
