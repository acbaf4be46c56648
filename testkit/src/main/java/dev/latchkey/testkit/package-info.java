/** A fake authorization server with a real web page, and the contract of every token store. */
@NullMarked
package dev.latchkey.testkit;

import org.jspecify.annotations.NullMarked;
