package dev.latchkey.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.latchkey.SessionListener;
import dev.latchkey.fixture.Gate;
import dev.latchkey.fixture.WatchedWorkers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** How a listener is called. */
class ListenerQueueTest {

  private static final SessionListener NOBODY = new SessionListener() {};

  private final WatchedWorkers workers = new WatchedWorkers();
  private final List<String> told = new CopyOnWriteArrayList<>();

  @Test
  void eventsDuringACallAreToldAfterwardsAndInOrder() throws Exception {
    ListenerQueue<SessionListener> queue = new ListenerQueue<>(NOBODY, workers);
    Gate gate = new Gate();
    queue.tell(
        listener -> {
          gate.pass();
          told.add("first");
        });
    gate.awaitArrival();

    queue.tell(listener -> told.add("second"));
    queue.tell(listener -> told.add("third"));
    List<String> before = List.copyOf(told);
    gate.open();
    workers.awaitIdle();

    assertThat(before).isEmpty();
    assertThat(told).containsExactly("first", "second", "third");
  }

  @Test
  void listenerThatThrowsIsToldTheLaterEvents() throws Exception {
    ListenerQueue<SessionListener> queue = new ListenerQueue<>(NOBODY, workers);

    queue.tell(
        listener -> {
          throw new IllegalStateException("a bug of the listener");
        });
    queue.tell(
        listener -> {
          throw new AssertionError("another");
        });
    queue.tell(listener -> told.add("third"));
    workers.awaitIdle();

    assertThat(told).containsExactly("third");
  }

  @Test
  void executorThatWasShutDownDoesNotAffectTheCaller() {
    ListenerQueue<SessionListener> queue = new ListenerQueue<>(NOBODY, workers);
    workers.shutDown();

    assertThatCode(() -> queue.tell(listener -> told.add("never"))).doesNotThrowAnyException();
    assertThat(told).isEmpty();
  }

  @Test
  void listenerMayCauseAnotherEvent() throws Exception {
    ListenerQueue<SessionListener> queue = new ListenerQueue<>(NOBODY, Runnable::run);

    queue.tell(
        listener -> {
          queue.tell(inner -> told.add("inner"));
          told.add("outer");
        });

    assertThat(told).containsExactly("outer", "inner");
  }

  @Test
  void listenerThatDoesNotKeepUpMissesEventsAndLaterHearsAgain() throws Exception {
    ListenerQueue<SessionListener> queue = new ListenerQueue<>(NOBODY, workers, 2);
    Gate gate = new Gate();
    queue.tell(listener -> gate.pass());
    gate.awaitArrival();

    for (int i = 1; i <= 4; i++) {
      String event = "event " + i;
      queue.tell(listener -> told.add(event));
    }
    gate.open();
    workers.awaitIdle();
    queue.tell(listener -> told.add("later"));
    workers.awaitIdle();

    assertThat(told).containsExactly("event 1", "event 2", "later");
  }
}
