/**
 * Records as entries of a keyring: head and chunks, the index, the lock files. Knows neither
 * threads nor a real keyring.
 */
@NullMarked
package dev.latchkey.keyring.internal.record;

import org.jspecify.annotations.NullMarked;
