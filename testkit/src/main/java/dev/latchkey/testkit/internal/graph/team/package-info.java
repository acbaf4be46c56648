/** Teams, channels and posts. */
@org.jspecify.annotations.NullMarked
package dev.latchkey.testkit.internal.graph.team;
