/** A small desktop application: files, tasks, a channel and mail of the person who signs in. */
@NullMarked
package dev.latchkey.examples.desktop;

import org.jspecify.annotations.NullMarked;
