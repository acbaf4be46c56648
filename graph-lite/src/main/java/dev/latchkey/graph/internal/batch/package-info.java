/** Batches on their way to Graph. */
@NullMarked
package dev.latchkey.graph.internal.batch;

import org.jspecify.annotations.NullMarked;
