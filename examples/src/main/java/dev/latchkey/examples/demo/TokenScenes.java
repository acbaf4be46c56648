package dev.latchkey.examples.demo;

import static dev.latchkey.examples.demo.Script.check;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.PublicClient;
import dev.latchkey.TokenSource;
import dev.latchkey.testkit.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Having a token: from memory, refreshed, shared. */
final class TokenScenes {

  private static final int CALLS = 1000;
  private static final int THREADS = 64;

  private final Stage stage;
  private final TokenSource tokens;

  TokenScenes(Stage stage, PublicClient client, Account account) {
    this.stage = stage;
    this.tokens = client.tokens(account);
  }

  void memoryServes(Script script, AccessToken first) {
    script.step(
        "token_from_memory",
        () -> {
          int requests = stage.server.requests().size();
          for (int i = 0; i < CALLS; i++) {
            AccessToken token = tokens.get();
            check(token.source() == AccessToken.Source.CACHE, "It came from elsewhere");
            check(token.value().equals(first.value()), "It is another token");
          }
          check(stage.callApi(first).statusCode() == 200, "The API refuses the token");
          int sent = stage.server.requests().size() - requests;
          check(sent == 1, sent + " requests instead of the one to the API");
          return "The app asks for the token "
              + CALLS
              + " times: not one request, and the API takes it.";
        });
  }

  void expiredTokenIsRefreshed(Script script, AccessToken first) {
    script.step(
        "refresh_rotates",
        () -> {
          Script.sleepUntil(first.expiresAt());
          AtomicBoolean rotated = new AtomicBoolean();
          stage.server.tokenLifetime(Duration.ofSeconds(1)).fail(lookFor("refresh_token", rotated));
          AccessToken second = tokens.get();
          check(second.source() == AccessToken.Source.REFRESH, "It was not refreshed");
          check(!second.value().equals(first.value()), "The refresh brought the same token");
          check(
              stage.server.redemptions() == 1, "Redeemed " + stage.server.redemptions() + " times");
          check(rotated.get(), "The server did not rotate the refresh token");
          return "The token expires; the next call refreshes it. The server rotated the refresh"
              + " token: the old one is dead, and its use would end the session.";
        });
  }

  /** Reads the next refresh's answer on its way, and leaves it as it is. */
  private static Fault lookFor(String member, AtomicBoolean found) {
    return Fault.rewrite(
            body -> {
              found.set(body.contains("\"" + member + "\""));
              return body;
            })
        .toRefreshes();
  }

  void oneRefreshServesAllThreads(Script script) {
    script.step(
        "one_refresh_for_64_threads",
        () -> {
          Script.sleepUntil(tokens.get().expiresAt());
          stage.server.tokenLifetime(Duration.ofHours(1));
          int before = stage.server.redemptions();
          long sentBefore = stage.refreshRequests();
          Set<String> values = askAtOnce();
          check(values.size() == 1, "The threads got " + values.size() + " different tokens");
          int redeemed = stage.server.redemptions() - before;
          long sent = stage.refreshRequests() - sentBefore;
          check(redeemed == 1 && sent == 1, sent + " requests, " + redeemed + " redemptions");
          return THREADS
              + " threads meet the expired token at once: the server's log shows exactly one"
              + " redemption, and with the rotated refresh token.";
        });
  }

  private Set<String> askAtOnce() throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      CyclicBarrier start = new CyclicBarrier(THREADS);
      List<Callable<String>> callers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        callers.add(
            () -> {
              start.await();
              return tokens.get().value();
            });
      }
      Set<String> values = new HashSet<>();
      for (Future<String> value : threads.invokeAll(callers)) {
        values.add(value.get());
      }
      return values;
    } catch (ExecutionException e) {
      throw new StepFailed("One of the threads got no token: " + e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}
