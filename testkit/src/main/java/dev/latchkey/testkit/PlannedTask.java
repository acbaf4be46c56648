package dev.latchkey.testkit;

/**
 * A task of a {@link FakePlan} at one moment.
 *
 * @param id its id
 * @param title its title
 * @param percentComplete from 0 to 100; 100 if it is done
 * @param version 1 plus the number of changes
 * @see FakeGraph
 */
public record PlannedTask(String id, String title, int percentComplete, int version) {}
