/** Mailboxes, messages and sending. */
@org.jspecify.annotations.NullMarked
package dev.latchkey.testkit.internal.graph.mail;
