/** Plans and tasks. */
@org.jspecify.annotations.NullMarked
package dev.latchkey.testkit.internal.graph.planner;
