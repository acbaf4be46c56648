/** Messages in a mailbox, and the journal of those that must be sent once. */
@NullMarked
package dev.latchkey.graph.mail;

import org.jspecify.annotations.NullMarked;
