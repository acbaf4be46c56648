package dev.latchkey.benchmarks;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** What this process used, from a moment on. Prints lines that the harness reads. */
final class Meter {

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private static final AtomicLong COLLECTED = new AtomicLong();
  private static final AtomicLong COLLECTIONS = new AtomicLong();

  /** The collections before there was a listener. */
  private static long unheard;

  private final long cpu;
  private final long wall;
  private final long allocated;

  private Meter(long allocated) {
    this.allocated = allocated;
    this.cpu = SYSTEM.getProcessCpuTime();
    this.wall = System.nanoTime();
  }

  /** Starts measuring time. */
  static Meter start() {
    return new Meter(0);
  }

  /** Starts measuring time and, of all threads, allocation. */
  static Meter startWithAllocation() {
    unheard = collections();
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) collector)
          .addNotificationListener(
              (notification, handback) -> {
                if (notification.getUserData() instanceof CompositeData data) {
                  count(GarbageCollectionNotificationInfo.from(data));
                }
              },
              null,
              null);
    }
    return new Meter(allocatedSoFar());
  }

  private static void count(GarbageCollectionNotificationInfo info) {
    COLLECTED.addAndGet(
        used(info.getGcInfo().getMemoryUsageBeforeGc())
            - used(info.getGcInfo().getMemoryUsageAfterGc()));
    COLLECTIONS.incrementAndGet();
  }

  private static long used(Map<String, MemoryUsage> pools) {
    return pools.entrySet().stream()
        .filter(pool -> !pool.getKey().matches("Metaspace|Compressed.*|Code.*"))
        .mapToLong(pool -> pool.getValue().getUsed())
        .sum();
  }

  /** What collections freed and what is in use. */
  private static long allocatedSoFar() {
    System.gc();
    while (COLLECTIONS.get() < collections() - unheard) { // the news of one comes later
      Thread.onSpinWait();
    }
    return COLLECTED.get() + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }

  double cpuMillis() {
    return (SYSTEM.getProcessCpuTime() - cpu) / 1e6;
  }

  double wallMillis() {
    return (System.nanoTime() - wall) / 1e6;
  }

  double allocatedBytes() {
    return allocatedSoFar() - allocated;
  }

  /** The CPU milliseconds of all processes that this one started and that have ended. */
  static long cpuOfChildren() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return 10 * (Long.parseLong(fields[13]) + Long.parseLong(fields[14])); // in hundredths
  }

  /** Prints what the whole process used so far. */
  static void printProcess() throws IOException {
    print("process-cpu", SYSTEM.getProcessCpuTime() / 1e6);
    print("classes", ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount());
    print("threads", ManagementFactory.getThreadMXBean().getPeakThreadCount());
    Path status = Path.of("/proc/self/status");
    if (Files.exists(status)) {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("VmHWM:")) {
          print("memory", Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024);
        }
      }
    }
  }

  static void print(String metric, double value) {
    System.out.println(String.format(Locale.ROOT, "RESULT %s %.6f", metric, value));
  }
}
