/** A few typed Microsoft Graph endpoints, with the tokens of a Latchkey token source. */
@NullMarked
package dev.latchkey.graph;

import org.jspecify.annotations.NullMarked;
