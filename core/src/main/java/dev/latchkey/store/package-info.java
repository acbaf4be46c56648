/**
 * The token store SPI: one record for each account, read with its version, written by
 * compare-and-set, and leased to one holder at a time. Two stores are here; the keyring store is a
 * module of its own.
 */
@NullMarked
package dev.latchkey.store;

import org.jspecify.annotations.NullMarked;
