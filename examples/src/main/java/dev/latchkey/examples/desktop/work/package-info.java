/** What the desktop example does: calls beside the event thread, which a sign-in may interrupt. */
@NullMarked
package dev.latchkey.examples.desktop.work;

import org.jspecify.annotations.NullMarked;
