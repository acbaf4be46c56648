/** Microsoft Planner: tasks and changes to them. */
@NullMarked
package dev.latchkey.graph.planner;

import org.jspecify.annotations.NullMarked;
