/** Files that belong to one owner. Exported to {@code dev.latchkey.graph} only. */
@NullMarked
package dev.latchkey.internal.file;

import org.jspecify.annotations.NullMarked;
