/** A real Spring Authorization Server, and Latchkey against it. */
@NullMarked
package dev.latchkey.interop.spring;

import org.jspecify.annotations.NullMarked;
