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
import dev.latchkey.graph.http.Complaints;
import dev.latchkey.graph.http.FailedAttempt;
import dev.latchkey.graph.http.GraphHttp;
import dev.latchkey.graph.http.Route;
import dev.latchkey.graph.http.Settings;
import dev.latchkey.internal.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sends what may be sent, waits, and sends what is left, until all are answered. Used once. */
final class BatchRun {

  /** Graph takes no more at a time. */
  private static final int MOST = 20;

  private final GraphHttp http;
  private final Settings settings;
  private final List<BatchItem> items;

  /** The claims for which a token was fetched in this run; empty for none at all. */
  private final Set<String> claimsMet = new HashSet<>();

  /** When the last answer came: those that are sent again after the same time go together. */
  private long answeredAt;

  private long jitter;

  BatchRun(GraphHttp http, List<BatchItem> items) {
    this.http = http;
    this.settings = http.settings();
    this.items = items;
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
        item.fail(new RequestRefused(message, error, null));
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
    return item.notBefore - settings.time().nanos() <= 0;
  }

  /** Waits for the first that is to be repeated; false if all are answered. */
  private boolean pauseUntilNext() {
    long now = settings.time().nanos();
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
    boolean harmless = true;
    JsonArray requests = new JsonArray();
    long now = settings.time().nanos();
    for (BatchItem item : chunk) {
      harmless &= item.request.repeatable();
      requests.add(item.request.toJson(item.openDependencies()));
      item.firstSent = item.attempts == 0 ? now : item.firstSent;
      item.attempts++;
    }
    JsonObject json = new JsonObject();
    json.add("requests", requests);
    Call call = Call.post("send a batch", http.uri(Route.of("$batch"))).json(json);
    try {
      // From before the send: whoever refreshes meanwhile is not made to do so again.
      AccessToken token = settings.tokens().get();
      Answer answer = http.send(call.repeatable(harmless));
      Map<String, BatchAnswer> answers = answers(answer);
      answered();
      for (BatchItem item : chunk) {
        item.mayBeDone |= answer.afterLoss();
        judge(item, answers.get(BatchItem.key(item.request.id())), answer.about(), token);
      }
    } catch (OutcomeUnknown | MalformedAnswer e) {
      answered();
      for (BatchItem item : chunk) {
        retry(item, FailedAttempt.unanswered(e.error(), e, false), null);
      }
    } catch (RequestRefused e) {
      fail(chunk, e);
    } catch (GraphException | LatchkeyException e) {
      // The others would fare no better, and asking for each would be a flood.
      fail(items, e);
    }
  }

  /** The answers by the keys of the requests. */
  private static Map<String, BatchAnswer> answers(Answer answer) {
    Map<String, BatchAnswer> answers = new HashMap<>();
    for (JsonObject response : answer.readAll("responses", Function.identity())) {
      String id = Json.stringOrNull(response, "id");
      // Without an id it answers nothing: then the answer to a request is missing.
      if (id != null) {
        answers.put(BatchItem.key(id), BatchAnswer.read(response));
      }
    }
    return answers;
  }

  private void answered() {
    answeredAt = settings.time().nanos();
    jitter = ThreadLocalRandom.current().nextLong();
  }

  /** Decides what an answer means for a request, as for one that was sent alone. */
  private void judge(
      BatchItem item, @Nullable BatchAnswer answer, GraphError about, AccessToken token) {
    if (answer == null || answer.status() == 0) {
      String message = "Could not send a batch: the answer to a request is missing";
      Throwable missing = new MalformedAnswer(message, about, null);
      retry(item, FailedAttempt.unanswered(about, missing, false), null);
    } else if (answer.status() == 424 && !item.openDependencies().isEmpty()) {
      // It was not carried out, and goes once more when what it depends on does.
      item.attempts--;
    } else if (answer.status() / 100 <= 3) {
      item.answer = answer;
    } else if (answer.status() == 404 && item.request.deletes() && item.mayBeDone) {
      // An earlier attempt, whose answer was lost, did it.
      item.answer = answer.withoutBody();
    } else {
      refused(item, answer, token);
    }
  }

  private void refused(BatchItem item, BatchAnswer answer, AccessToken token) {
    try {
      if (item.renewal.bringsBetterToken(
          settings, item.call, token, answer.status(), answer.headers(), claimsMet)) {
        item.attempts--;
        return;
      }
    } catch (LatchkeyException e) {
      item.fail(e);
      return;
    }
    GraphError error = Complaints.error(answer.status(), answer.headers(), answer.json(), null);
    retry(item, FailedAttempt.refused(error, answer.headers(), settings.time()), token);
  }

  /** Notes when to send it again, or that it failed. */
  private void retry(BatchItem item, FailedAttempt failure, @Nullable AccessToken token) {
    item.mayBeDone |= failure.mayHaveBeenCarriedOut();
    Duration gone = Duration.ofNanos(answeredAt - item.firstSent);
    Duration pause =
        failure.pause(
            item.request.repeatable(),
            item.attempts,
            settings.attempts(),
            settings.deadline().minus(gone),
            new Random(jitter));
    if (pause == null) {
      item.fail(failure.complaint(item.call, token));
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
