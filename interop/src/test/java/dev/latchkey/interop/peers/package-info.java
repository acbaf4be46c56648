/** Clients that others wrote, against the testkit: what it plays must satisfy them, too. */
@NullMarked
package dev.latchkey.interop.peers;

import org.jspecify.annotations.NullMarked;
