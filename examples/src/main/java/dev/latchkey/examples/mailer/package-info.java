/** Sends many mails, each once, whatever happens in between. */
@NullMarked
package dev.latchkey.examples.mailer;

import org.jspecify.annotations.NullMarked;
