/** The words of the dialog in the languages that the module brings, or in the application's own. */
@NullMarked
package dev.latchkey.swing.internal.text;

import org.jspecify.annotations.NullMarked;
