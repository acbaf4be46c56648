/** Microsoft Planner: tasks, and changes to them that survive those of others. */
@NullMarked
package dev.latchkey.graph.planner;

import org.jspecify.annotations.NullMarked;
