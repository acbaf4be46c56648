package dev.latchkey.graph.batch;

import dev.latchkey.graph.http.Call;
import dev.latchkey.graph.http.GraphHttp;
import dev.latchkey.graph.http.Renewal;
import dev.latchkey.graph.http.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How far one request of a batch has come. Used by one thread. */
final class BatchItem {

  final BatchRequest request;
  final List<BatchItem> dependencies;

  /** What to name in a complaint. */
  final Call call;

  final Renewal renewal = new Renewal();

  /** Whether it was sent and the answer was lost. */
  boolean mayBeDone;

  int attempts;
  long firstSent;

  /** By the monotonic clock. */
  long notBefore;

  @Nullable BatchAnswer answer;

  /** Whether another one waits for it. */
  boolean hasDependents;

  BatchItem(BatchRequest request, List<BatchItem> dependencies, GraphHttp http) {
    this.request = request;
    this.dependencies = dependencies;
    String action = "carry out the request \"" + request.id() + "\" of a batch";
    this.call = Call.post(action, http.uri(Route.of("$batch"))).repeatable(request.repeatable());
    this.notBefore = http.settings().time().nanos();
  }

  /** An id as it is compared: Graph minds no case. */
  static String key(String id) {
    return id.toLowerCase(Locale.ROOT);
  }

  boolean isOpen() {
    return answer == null;
  }

  void fail(RuntimeException failure) {
    answer = new BatchAnswer(failure);
  }

  /** Those that have not succeeded yet. */
  List<BatchItem> openDependencies() {
    List<BatchItem> open = new ArrayList<>();
    for (BatchItem dependency : dependencies) {
      if (dependency.isOpen()) {
        open.add(dependency);
      }
    }
    return open;
  }

  boolean dependencyFailed() {
    for (BatchItem dependency : dependencies) {
      if (dependency.answer != null && dependency.answer.failure() != null) {
        return true;
      }
    }
    return false;
  }

  /** Whether it has to do with others that are not done. */
  boolean isTied() {
    return hasDependents || !openDependencies().isEmpty();
  }
}
