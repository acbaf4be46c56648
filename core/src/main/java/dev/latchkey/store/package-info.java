/**
 * The token store SPI: one record for each account, read with its version, written by compare and
 * set, and leased to one process at a time.
 */
@NullMarked
package dev.latchkey.store;

import org.jspecify.annotations.NullMarked;
