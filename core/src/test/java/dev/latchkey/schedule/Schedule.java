package dev.latchkey.schedule;

import java.util.List;

/**
 * What three processes do and meet.
 *
 * @param seed decides which process goes on at each call to the store or the server
 */
record Schedule(
    ModelServer.Reuse reuse, boolean idTokenAtRefresh, List<List<Step>> processes, long seed) {}
