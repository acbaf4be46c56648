/** The whole story of a session on the testkit's servers, each step checked as it is told. */
@NullMarked
package dev.latchkey.examples.demo;

import org.jspecify.annotations.NullMarked;
