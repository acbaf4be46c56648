/**
 * HTTP, below OAuth: bodies, dates, challenges, safe URIs. Exported to {@code dev.latchkey.graph}
 * only.
 */
@NullMarked
package dev.latchkey.internal.http;

import org.jspecify.annotations.NullMarked;
