/** Many requests to Graph in few. */
@NullMarked
package dev.latchkey.graph.batch;

import org.jspecify.annotations.NullMarked;
