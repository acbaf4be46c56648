/** A few typed Microsoft Graph endpoints. Nothing here is released yet. */
@NullMarked
package dev.latchkey.graph;

import org.jspecify.annotations.NullMarked;
