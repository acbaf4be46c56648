package dev.latchkey.testkit;

/**
 * A task of a {@link FakePlan} at one moment.
 *
 * @param id its id
 * @param title what is to be done
 * @param percentComplete 100 if it is done
 * @param version 1 for a new one, and one more for each change
 */
public record PlannedTask(String id, String title, int percentComplete, int version) {}
