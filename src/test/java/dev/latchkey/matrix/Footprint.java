package dev.latchkey.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The threads and the open sockets of this process at one moment: the threads by their names
 * without numbers, and without those of the server, the JVM's own and the idle ones of pools.
 */
public record Footprint(Map<String, Integer> threads, long sockets) {

  private static final long PATIENCE_SECONDS = 15;

  public static Footprint now() {
    Map<String, Integer> threads = new TreeMap<>();
    Thread.getAllStackTraces()
        .forEach(
            (thread, stack) -> {
              if (isBusy(stack) && !thread.getName().equals(HostileServer.THREADS)) {
                threads.merge(thread.getName().replaceAll("[0-9]+", "#"), 1, Integer::sum);
              }
            });
    return new Footprint(threads, openSockets());
  }

  /** Waits for a while until nothing is there that was not there before; null if that comes. */
  @Nullable String growth() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    String growth = over(now());
    while (growth != null && System.nanoTime() - end < 0) {
      TimeUnit.MILLISECONDS.sleep(20);
      growth = over(now());
    }
    return growth;
  }

  private @Nullable String over(Footprint later) {
    Map<String, Integer> more = new TreeMap<>();
    later.threads.forEach(
        (name, count) -> {
          int before = threads.getOrDefault(name, 0);
          if (count > before) {
            more.put(name, count - before);
          }
        });
    if (more.isEmpty() && later.sockets <= sockets) {
      return null;
    }
    return "more threads " + more + ", sockets " + sockets + " -> " + later.sockets;
  }

  private static boolean isBusy(StackTraceElement[] stack) {
    return stack.length > 0
        && Arrays.stream(stack)
            .noneMatch(
                frame ->
                    (frame.getClassName().endsWith("ThreadPoolExecutor")
                            && frame.getMethodName().equals("getTask"))
                        || frame.getMethodName().equals("awaitWork"));
  }

  /** Where the system shows them; zero elsewhere. */
  private static long openSockets() {
    Path own = Path.of("/proc/self/fd");
    if (!Files.isDirectory(own)) {
      return 0;
    }
    try (Stream<Path> descriptors = Files.list(own)) {
      return descriptors.filter(Footprint::isSocket).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException e) {
      return false; // closed meanwhile
    }
  }
}
