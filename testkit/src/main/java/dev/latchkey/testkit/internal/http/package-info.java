/** The HTTP server that everything else is mounted on, its faults and its request log. */
@org.jspecify.annotations.NullMarked
package dev.latchkey.testkit.internal.http;
