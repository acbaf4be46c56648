package dev.latchkey.graph.batch;

import dev.latchkey.graph.http.Call;
import dev.latchkey.graph.http.GraphHttp;
import dev.latchkey.graph.http.Route;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How far one request of a batch has come. Used by one thread. */
final class BatchItem {

  final BatchRequest request;
  final List<BatchItem> dependencies;

  /** What to name in a complaint. */
  final Call call;

  /** Whether it was sent again with another token, after a plain refusal. */
  boolean refreshed;

  /** Whether it was sent again with another token, after a claims challenge. */
  boolean claimsMet;

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

  static String key(String id) {
    return id.toLowerCase(Locale.ROOT);
  }

  boolean isOpen() {
    return answer == null;
  }

  /** Those that have not succeeded yet. */
  List<BatchItem> openDependencies() {
    return dependencies.stream().filter(BatchItem::isOpen).toList();
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
