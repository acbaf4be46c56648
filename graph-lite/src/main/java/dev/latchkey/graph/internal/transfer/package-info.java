/** Uploads and downloads of drive items. */
@NullMarked
package dev.latchkey.graph.internal.transfer;

import org.jspecify.annotations.NullMarked;
