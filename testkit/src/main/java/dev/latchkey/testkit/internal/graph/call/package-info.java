/** One call of Graph: its route, its caller, its errors and its pages. */
@org.jspecify.annotations.NullMarked
package dev.latchkey.testkit.internal.graph.call;
