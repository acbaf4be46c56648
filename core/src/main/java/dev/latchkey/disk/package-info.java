/** Files that nobody but this user can open. Exported to {@code dev.latchkey.graph} alone. */
@NullMarked
package dev.latchkey.disk;

import org.jspecify.annotations.NullMarked;
