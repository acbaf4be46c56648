/** How requests travel to Graph: tokens, retries, time limits, links, errors. Not exported. */
@NullMarked
package dev.latchkey.graph.http;

import org.jspecify.annotations.NullMarked;
