/** A real glewlwyd, and Latchkey against it. */
@NullMarked
package dev.latchkey.interop.glewlwyd;

import org.jspecify.annotations.NullMarked;
