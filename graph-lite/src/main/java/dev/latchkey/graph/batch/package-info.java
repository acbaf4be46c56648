/** The requests of a batch and their responses. */
@NullMarked
package dev.latchkey.graph.batch;

import org.jspecify.annotations.NullMarked;
