/**
 * Programs to copy, each of which does one thing. They run against Entra ID and Microsoft Graph, or
 * against the servers of {@code latchkey demo --serve} with the variables that it prints.
 */
@NullMarked
package dev.latchkey.examples.quickstart;

import org.jspecify.annotations.NullMarked;
