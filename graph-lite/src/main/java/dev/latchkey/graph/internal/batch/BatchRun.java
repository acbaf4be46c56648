package dev.latchkey.graph.internal.batch;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.latchkey.AccessToken;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.graph.batch.BatchRequest;
import dev.latchkey.graph.batch.BatchResponse;
import dev.latchkey.graph.batch.BatchResponses;
import dev.latchkey.graph.error.GraphError;
import dev.latchkey.graph.error.GraphException;
import dev.latchkey.graph.error.MalformedAnswer;
import dev.latchkey.graph.error.OutcomeUnknown;
import dev.latchkey.graph.error.RequestRefused;
import dev.latchkey.graph.internal.http.FailedAttempt;
import dev.latchkey.graph.internal.http.GraphCall;
import dev.latchkey.graph.internal.http.GraphConfig;
import dev.latchkey.graph.internal.http.GraphErrorMapper;
import dev.latchkey.graph.internal.http.GraphHttp;
import dev.latchkey.graph.internal.http.GraphPath;
import dev.latchkey.graph.internal.http.GraphResponse;
import dev.latchkey.graph.internal.json.GraphJson;
import dev.latchkey.internal.json.Json;
import java.math.RoundingMode;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends what may be sent, waits and sends the rest, until every request has an outcome. Used once.
 */
public final class BatchRun {

  /** The most requests that Graph accepts at a time. */
  private static final int MAX_REQUESTS = 20;

  private final GraphHttp http;
  private final GraphConfig config;
  private final List<BatchItem> items;

  /** The claims for which a token was requested in this run; the empty string for none. */
  private final Set<String> claimsMet = new HashSet<>();

  /** When the last response came: requests that repeat after the same pause go together. */
  private long answeredAt;

  private long jitter;

  /**
   * Creates a run; nothing is sent.
   *
   * @throws IllegalArgumentException if two ids are the same, or a request depends on one that does
   *     not precede it
   */
  public BatchRun(GraphHttp http, List<BatchRequest> requests) {
    this.http = http;
    this.config = http.config();
    this.items = items(http, requests);
  }

  private static List<BatchItem> items(GraphHttp http, List<BatchRequest> requests) {
    Map<String, BatchItem> byId = new LinkedHashMap<>();
    for (BatchRequest request : requests) {
      List<BatchItem> dependencies = new ArrayList<>();
      for (String id : request.dependsOn()) {
        BatchItem dependency = byId.get(BatchItem.key(id));
        if (dependency == null) {
          throw new IllegalArgumentException(
              "\"" + request.id() + "\" depends on \"" + id + "\", which does not precede it");
        }
        dependency.hasDependents = true;
        dependencies.add(dependency);
      }
      BatchItem item = new BatchItem(request, dependencies, http);
      if (byId.put(BatchItem.key(request.id()), item) != null) {
        throw new IllegalArgumentException("two requests have the id \"" + request.id() + "\"");
      }
    }
    return List.copyOf(byId.values());
  }

  /** Runs until every request has an outcome. Blocks. */
  public BatchResponses run() {
    while (true) {
      failDependents();
      List<BatchItem> chunk = chunk();
      if (!chunk.isEmpty()) {
        send(chunk);
      } else if (!pauseUntilNext()) {
        return responses();
      }
    }
  }

  private BatchResponses responses() {
    Map<String, BatchResponse> responses = new LinkedHashMap<>();
    for (BatchItem item : items) {
      if (item.response != null) {
        responses.put(item.request.id(), item.response);
      }
    }
    return new BatchResponses(responses);
  }

  private void failDependents() {
    for (BatchItem item : items) {
      if (item.isOpen() && item.hasFailedDependency()) {
        GraphError error = new GraphError(424, null, null, null, null, null);
        String message = "Did not " + item.call.action() + ": a request on which it depends failed";
        item.fail(new RequestRefused(message, error, null));
      }
    }
  }

  /**
   * The next requests that may go together. "Batch should be either fully sequential or fully
   * parallel": independent requests do not go with dependent ones.
   */
  private List<BatchItem> chunk() {
    List<BatchItem> chunk = new ArrayList<>();
    for (BatchItem item : items) {
      if (chunk.size() < MAX_REQUESTS
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
    return item.notBefore - config.time().nanos() <= 0;
  }

  /** Waits for the first request that is to be repeated; false if all have an outcome. */
  private boolean pauseUntilNext() {
    long now = config.time().nanos();
    long least = Long.MAX_VALUE;
    for (BatchItem item : items) {
      // A request that waits for another one is due already.
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
    boolean harmless = true;
    JsonArray requests = new JsonArray();
    long now = config.time().nanos();
    for (BatchItem item : chunk) {
      harmless &= item.call.repeatable();
      requests.add(item.toJson());
      item.firstSent = item.attempts == 0 ? now : item.firstSent;
      item.attempts++;
    }
    JsonObject json = new JsonObject();
    json.add("requests", requests);
    GraphCall call = GraphCall.post("send a batch", http.uri(GraphPath.of("$batch"))).json(json);
    try {
      // From before the send: a refresh in the meantime is not repeated.
      AccessToken token = config.tokens().get();
      GraphResponse response = http.send(call.repeatable(harmless));
      Map<String, BatchResponse> responses = responses(response);
      answered();
      for (BatchItem item : chunk) {
        item.mayBeDone |= response.afterLoss();
        judge(item, responses.get(BatchItem.key(item.request.id())), response.about(), token);
      }
    } catch (OutcomeUnknown | MalformedAnswer e) {
      answered();
      for (BatchItem item : chunk) {
        retry(item, FailedAttempt.unanswered(e.error(), e, false), null);
      }
    } catch (RequestRefused e) {
      fail(chunk, e);
    } catch (GraphException | LatchkeyException e) {
      // The others would fail too, and asking for each would be a flood.
      fail(items, e);
    }
  }

  /** The responses by the keys of the requests. */
  private static Map<String, BatchResponse> responses(GraphResponse response) {
    Map<String, BatchResponse> responses = new HashMap<>();
    for (JsonObject element : response.readAll("responses", Function.identity())) {
      String id = Json.stringOrNull(element, "id");
      // One without an id belongs to no request: then a response is missing.
      if (id != null) {
        responses.put(BatchItem.key(id), read(element));
      }
    }
    return responses;
  }

  /**
   * Reads an element of {@code responses}; an invalid status becomes 0. A body that is not an
   * object counts as none: anything but JSON arrives in Base64.
   */
  private static BatchResponse read(JsonObject json) {
    Long status = Json.whole(json, "status", RoundingMode.UNNECESSARY);
    HttpHeaders headers = GraphJson.headers(GraphJson.object(json, "headers"));
    return BatchResponse.of(
        status == null || status < 100 || status > 599 ? 0 : status.intValue(),
        headers,
        GraphJson.child(json, "body"));
  }

  private void answered() {
    answeredAt = config.time().nanos();
    jitter = ThreadLocalRandom.current().nextLong();
  }

  /** Decides what a response means for a request, as for one that was sent alone. */
  private void judge(
      BatchItem item, @Nullable BatchResponse response, GraphError about, AccessToken token) {
    if (response == null || response.status() == 0) {
      String message = "Could not send a batch: the response to a request is missing";
      Throwable missing = new MalformedAnswer(message, about, null);
      retry(item, FailedAttempt.unanswered(about, missing, false), null);
    } else if (response.status() == 424 && !item.openDependencies().isEmpty()) {
      // Not carried out; it goes again when the requests on which it depends do.
      item.attempts--;
    } else if (response.status() / 100 <= 3) {
      item.response = response;
    } else if (response.status() == 404 && item.isDelete() && item.mayBeDone) {
      // An earlier attempt, whose response was lost, deleted it.
      item.response = BatchResponse.of(404, response.headers(), new JsonObject());
    } else {
      refused(item, response, token);
    }
  }

  private void refused(BatchItem item, BatchResponse response, AccessToken token) {
    try {
      if (item.tokenReplacement.replace(
          config, item.call, token, response.status(), response.headers(), claimsMet)) {
        item.attempts--;
        return;
      }
    } catch (LatchkeyException e) {
      item.fail(e);
      return;
    }
    GraphError error =
        GraphErrorMapper.error(response.status(), response.headers(), response.json(), null);
    retry(item, FailedAttempt.refused(error, response.headers(), config.time()), token);
  }

  /** Schedules another attempt, or records the failure. */
  private void retry(BatchItem item, FailedAttempt failure, @Nullable AccessToken token) {
    item.mayBeDone |= failure.mayHaveBeenCarriedOut();
    Duration elapsed = Duration.ofNanos(answeredAt - item.firstSent);
    Duration pause =
        failure.pause(
            config.retryPolicy(),
            item.call.repeatable(),
            item.attempts,
            elapsed,
            config.time().jitter().with(new Random(jitter)),
            new Random(jitter));
    if (pause == null) {
      item.fail(failure.exception(item.call, token));
    } else {
      item.notBefore = answeredAt + pause.toNanos();
    }
  }

  private static void fail(List<BatchItem> failing, RuntimeException failure) {
    for (BatchItem item : failing) {
      if (item.isOpen()) {
        item.fail(failure);
      }
    }
  }
}
