/** The mailbox of the person who is signed in, and mail that is sent once. */
@NullMarked
package dev.latchkey.graph.mail;

import org.jspecify.annotations.NullMarked;
