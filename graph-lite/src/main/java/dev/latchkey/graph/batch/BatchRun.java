package dev.latchkey.graph.batch;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.latchkey.AccessToken;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.graph.error.GraphError;
import dev.latchkey.graph.error.GraphException;
import dev.latchkey.graph.error.MalformedAnswer;
import dev.latchkey.graph.error.OutcomeUnknown;
import dev.latchkey.graph.error.RequestRefused;
import dev.latchkey.graph.http.Answer;
import dev.latchkey.graph.http.Call;
import dev.latchkey.graph.http.GraphHttp;
import dev.latchkey.graph.http.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends what may be sent, waits, and sends what is left, until all are answered. Used once. */
final class BatchRun {

  /** Graph takes no more at a time. */
  private static final int MOST = 20;

  private final GraphHttp http;
  private final List<BatchItem> items;
  private final BatchVerdict verdict;

  BatchRun(GraphHttp http, List<BatchItem> items) {
    this.http = http;
    this.items = items;
    this.verdict = new BatchVerdict(http.settings());
  }

  void run() {
    while (true) {
      failDependents();
      List<BatchItem> chunk = chunk();
      if (!chunk.isEmpty()) {
        send(chunk);
      } else if (!pauseUntilNext()) {
        return;
      }
    }
  }

  private void failDependents() {
    for (BatchItem item : items) {
      if (item.isOpen() && item.dependencyFailed()) {
        GraphError error = new GraphError(424, null, null, null, null, null);
        String message = "Did not " + item.call.action() + ": what it depends on failed";
        item.answer = BatchAnswer.failed(new RequestRefused(message, error, null));
      }
    }
  }

  /**
   * The next requests that may go together. "Batch should be either fully sequential or fully
   * parallel": what depends on nothing does not go with what does.
   */
  private List<BatchItem> chunk() {
    List<BatchItem> chunk = new ArrayList<>();
    for (BatchItem item : items) {
      if (chunk.size() < MOST
          && item.isOpen()
          && isDue(item)
          && chunk.containsAll(item.openDependencies())
          && (chunk.isEmpty() || chunk.get(0).isTied() == item.isTied())) {
        chunk.add(item);
      }
    }
    return chunk;
  }

  private boolean isDue(BatchItem item) {
    return item.notBefore - http.settings().time().nanos() <= 0;
  }

  /** Waits for the first that is to be repeated; false if all are answered. */
  private boolean pauseUntilNext() {
    long now = http.settings().time().nanos();
    long least = Long.MAX_VALUE;
    for (BatchItem item : items) {
      // What waits for another one is due already.
      if (item.isOpen() && !isDue(item)) {
        least = Math.min(least, item.notBefore - now);
      }
    }
    if (least == Long.MAX_VALUE) {
      return false;
    }
    http.pause(Duration.ofNanos(least));
    return true;
  }

  private void send(List<BatchItem> chunk) {
    boolean harmless = chunk.stream().allMatch(item -> item.request.repeatable());
    Call call =
        Call.post("send a batch", http.uri(Route.of("$batch")))
            .json(json(chunk))
            .repeatable(harmless);
    long now = http.settings().time().nanos();
    for (BatchItem item : chunk) {
      item.firstSent = item.attempts == 0 ? now : item.firstSent;
      item.attempts++;
    }
    Map<String, BatchResponse> responses = new HashMap<>();
    GraphError about;
    // From before the send: whoever refreshes meanwhile is not made to do so again.
    AccessToken token = null;
    try {
      token = http.settings().tokens().get();
      Answer answer = http.send(call);
      about = answer.about();
      for (BatchItem item : chunk) {
        item.mayBeDone |= answer.afterLoss();
      }
      answer
          .readAll("responses", BatchResponse::read)
          .forEach(response -> responses.put(response.id(), response));
    } catch (OutcomeUnknown | MalformedAnswer e) {
      verdict.begin(token);
      chunk.forEach(item -> verdict.lost(item, e));
      return;
    } catch (RequestRefused e) {
      fail(chunk, e);
      return;
    } catch (GraphException | LatchkeyException e) {
      // The others would fare no better, and asking for each would be a flood.
      fail(items, e);
      return;
    }
    verdict.begin(token);
    for (BatchItem item : chunk) {
      answer(item, responses.get(BatchItem.key(item.request.id())), call, about);
    }
  }

  private void answer(
      BatchItem item, @Nullable BatchResponse response, Call call, GraphError about) {
    if (response == null || response.status() == 0) {
      String message = "Could not " + call.action() + ": the answer to a request is missing";
      verdict.lost(item, new MalformedAnswer(message, about, null));
    } else if (response.status() == 424 && !item.openDependencies().isEmpty()) {
      // It was not carried out, and goes once more when what it depends on does.
      item.attempts--;
    } else {
      verdict.on(item, response);
    }
  }

  private static JsonObject json(List<BatchItem> chunk) {
    JsonArray requests = new JsonArray();
    for (BatchItem item : chunk) {
      List<String> dependencies =
          item.openDependencies().stream().map(dependency -> dependency.request.id()).toList();
      requests.add(item.request.toJson(dependencies));
    }
    JsonObject json = new JsonObject();
    json.add("requests", requests);
    return json;
  }

  private static void fail(List<BatchItem> failing, RuntimeException failure) {
    for (BatchItem item : failing) {
      if (item.isOpen()) {
        item.answer = BatchAnswer.failed(failure);
      }
    }
  }
}
