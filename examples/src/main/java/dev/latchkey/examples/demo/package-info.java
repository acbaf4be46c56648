/** The whole story on an authorization server of our own, each step checked as it is told. */
@NullMarked
package dev.latchkey.examples.demo;

import org.jspecify.annotations.NullMarked;
