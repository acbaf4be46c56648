/**
 * Microsoft Teams: the teams of the person who is signed in, their channels, and messages into
 * them.
 */
@NullMarked
package dev.latchkey.graph.teams;

import org.jspecify.annotations.NullMarked;
