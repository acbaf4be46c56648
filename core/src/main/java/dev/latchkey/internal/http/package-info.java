/**
 * What any HTTP client needs: one call with a bounded reply, failures that prove whether a request
 * left, dates, challenges, safe URIs, the rule on redirects. Exported to {@code dev.latchkey.graph}
 * only.
 */
@NullMarked
package dev.latchkey.internal.http;

import org.jspecify.annotations.NullMarked;
