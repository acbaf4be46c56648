/** Drives, their items and their changes; sites. */
@org.jspecify.annotations.NullMarked
package dev.latchkey.testkit.internal.graph.drive;
