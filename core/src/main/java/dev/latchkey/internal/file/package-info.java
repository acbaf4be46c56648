/** Files that only the current user can open. Exported to {@code dev.latchkey.graph} only. */
@NullMarked
package dev.latchkey.internal.file;

import org.jspecify.annotations.NullMarked;
