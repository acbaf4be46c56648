/** Requests to Graph: paths, calls, attempts, retries, errors, responses. */
@NullMarked
package dev.latchkey.graph.internal.http;

import org.jspecify.annotations.NullMarked;
