/** Text: a server's words made safe to show, and digests. */
@NullMarked
package dev.latchkey.internal.text;

import org.jspecify.annotations.NullMarked;
