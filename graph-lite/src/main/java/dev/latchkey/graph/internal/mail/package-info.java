/** Messages, and their delivery by the outbox. */
@NullMarked
package dev.latchkey.graph.internal.mail;

import org.jspecify.annotations.NullMarked;
