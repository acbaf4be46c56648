/** The web page where users approve a sign-in. */
@org.jspecify.annotations.NullMarked
package dev.latchkey.testkit.internal.page;
