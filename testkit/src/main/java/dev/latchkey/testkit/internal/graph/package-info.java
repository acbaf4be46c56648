/**
 * What the fake Microsoft Graph knows and how it answers. Not exported: tests speak to it through
 * {@link dev.latchkey.testkit.FakeGraph}, and apps by HTTP.
 */
@org.jspecify.annotations.NullMarked
package dev.latchkey.testkit.graph;
