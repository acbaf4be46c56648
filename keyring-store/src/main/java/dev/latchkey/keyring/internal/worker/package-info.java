/** One thread in front of one keyring, with a time limit on each call. */
@NullMarked
package dev.latchkey.keyring.internal.worker;

import org.jspecify.annotations.NullMarked;
