/** The terminal around a command: streams, Ctrl-C, the browser, QR codes and progress bars. */
@NullMarked
package dev.latchkey.examples.cli.terminal;

import org.jspecify.annotations.NullMarked;
