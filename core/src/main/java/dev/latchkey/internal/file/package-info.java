/**
 * Files that only the current user can open: the one place where what the library writes, locks or
 * reads back is opened. Exported to {@code dev.latchkey.graph} only.
 */
@NullMarked
package dev.latchkey.internal.file;

import org.jspecify.annotations.NullMarked;
