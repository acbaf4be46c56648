/** The window of the desktop example. It shows the state and passes on what the person wants. */
@NullMarked
package dev.latchkey.examples.desktop.view;

import org.jspecify.annotations.NullMarked;
