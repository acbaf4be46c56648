/**
 * Real authorization servers on loopback, the person who signs in on their pages, and Latchkey
 * against both.
 */
@NullMarked
package dev.latchkey.interop;

import org.jspecify.annotations.NullMarked;
