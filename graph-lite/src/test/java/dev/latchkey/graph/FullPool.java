package dev.latchkey.graph;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;

/** A process whose common pool is full of tasks that wait. */
final class FullPool {

  private FullPool() {}

  /** Ends with status 0 if requests are answered all the same. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int threads = ForkJoinPool.getCommonPoolParallelism();
    CountDownLatch busy = new CountDownLatch(threads);
    for (int i = 0; i < threads; i++) {
      ForkJoinPool.commonPool()
          .execute(
              () -> {
                busy.countDown();
                await(new CountDownLatch(1));
              });
    }
    busy.await();
    try (ScriptedGraph server = new ScriptedGraph()) {
      server.answer(200, "{\"id\":\"1\"}").answer(201, "{}");
      GraphClient graph = Clients.client(server, new QuickTime(), Duration.ofSeconds(10));
      graph.me();
      graph.post("/me/events", new JsonObject(), Map.of());
    }
    System.exit(0);
  }

  private static void await(CountDownLatch never) {
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
