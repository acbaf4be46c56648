/** What a sign-in dialog shows, and what follows: pure, without windows, clients and clocks. */
@NullMarked
package dev.latchkey.swing.internal.state;

import org.jspecify.annotations.NullMarked;
