/**
 * The keyrings of each operating system, and the D-Bus session bus. Each is used by one thread at a
 * time.
 */
@NullMarked
package dev.latchkey.keyring.internal.backend;

import org.jspecify.annotations.NullMarked;
