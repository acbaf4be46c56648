/** Microsoft Teams: teams, channels and their messages. */
@NullMarked
package dev.latchkey.graph.teams;

import org.jspecify.annotations.NullMarked;
