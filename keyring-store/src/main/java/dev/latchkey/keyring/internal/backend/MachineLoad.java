package dev.latchkey.keyring.internal.backend;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * How busy the machine is. Asked only for a failure: its classes take time to load.
 *
 * @param average how many threads wanted to run in the last minute; less than zero if unknown, as
 *     on Windows
 */
record MachineLoad(double average, int processors) {

  private static final int HIGH = 2;

  static MachineLoad now() {
    return new MachineLoad(
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        Runtime.getRuntime().availableProcessors());
  }

  /** Twice as much work as there are processors makes a program slow. */
  boolean isHigh() {
    return average >= HIGH * processors;
  }

  /** What to add to a message; empty if the machine is not busy. */
  @Override
  public String toString() {
    return isHigh()
        ? String.format(
            Locale.ROOT,
            ", on a machine that is very busy (load %.0f on %d processors)",
            average,
            processors)
        : "";
  }
}
