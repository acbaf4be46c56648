/**
 * Random schedules of three simulated processes that share one store and one rotating server. One
 * thread runs at a time, and hands over only where a process reaches the store or the server, so
 * that a seed tells the whole story.
 */
@NullMarked
package dev.latchkey.schedule;

import org.jspecify.annotations.NullMarked;
