/**
 * What the desktop example shows, what happens, and what follows. It knows no screen and no server.
 */
@NullMarked
package dev.latchkey.examples.desktop.state;

import org.jspecify.annotations.NullMarked;
