/** The operating system's secret storage as a token store. Nothing here is released yet. */
@NullMarked
package dev.latchkey.keyring;

import org.jspecify.annotations.NullMarked;
