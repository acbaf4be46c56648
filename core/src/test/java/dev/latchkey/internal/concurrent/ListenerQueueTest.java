package dev.latchkey.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.latchkey.SessionListener;
import dev.latchkey.fixture.Gate;
import dev.latchkey.fixture.WatchedWorkers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** How the listener is told. */
class ListenerQueueTest {

  private static final SessionListener NOBODY = new SessionListener() {};

  private final WatchedWorkers workers = new WatchedWorkers();
  private final List<String> told = new CopyOnWriteArrayList<>();

  @Test
  void whatHappensWhileTheListenerIsBusyIsToldAfterwardsAndInOrder() throws Exception {
    ListenerQueue<SessionListener> news = new ListenerQueue<>(NOBODY, workers);
    Gate gate = new Gate();
    news.tell(
        listener -> {
          gate.pass();
          told.add("first");
        });
    gate.awaitArrival();

    news.tell(listener -> told.add("second"));
    news.tell(listener -> told.add("third"));
    List<String> before = List.copyOf(told);
    gate.open();
    workers.awaitIdle();

    assertThat(before).isEmpty();
    assertThat(told).containsExactly("first", "second", "third");
  }

  @Test
  void listenerThatThrowsIsToldTheRestAllTheSame() throws Exception {
    ListenerQueue<SessionListener> news = new ListenerQueue<>(NOBODY, workers);

    news.tell(
        listener -> {
          throw new IllegalStateException("a bug of the listener");
        });
    news.tell(
        listener -> {
          throw new AssertionError("another");
        });
    news.tell(listener -> told.add("third"));
    workers.awaitIdle();

    assertThat(told).containsExactly("third");
  }

  @Test
  void executorThatWasShutDownHarmsNobodyWhoTells() {
    ListenerQueue<SessionListener> news = new ListenerQueue<>(NOBODY, workers);
    workers.shutDown();

    assertThatCode(() -> news.tell(listener -> told.add("never"))).doesNotThrowAnyException();
    assertThat(told).isEmpty();
  }

  @Test
  void listenerMayCauseNewsItself() throws Exception {
    ListenerQueue<SessionListener> news = new ListenerQueue<>(NOBODY, Runnable::run);

    news.tell(
        listener -> {
          news.tell(inner -> told.add("inner"));
          told.add("outer");
        });

    assertThat(told).containsExactly("outer", "inner");
  }
}
