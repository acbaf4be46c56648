package dev.latchkey.examples.demo;

import static dev.latchkey.examples.demo.DemoScript.check;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.PublicClient;
import dev.latchkey.TokenSource;
import dev.latchkey.examples.demo.DemoScript.Told;
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

/** Getting a token: from memory, refreshed, shared. */
final class TokenScenes {

  private static final int CALLS = 1000;
  private static final int THREADS = 64;
  private static final Duration SHORT = Duration.ofSeconds(1);

  private final DemoServers servers;
  private final TokenSource tokens;

  TokenScenes(DemoServers servers, PublicClient client, Account account) {
    this.servers = servers;
    this.tokens = client.tokens(account);
  }

  void memoryServes(DemoScript script, AccessToken first) {
    script.step(
        "token_from_memory",
        () -> {
          int before = servers.tokenRequests(DemoServers.APP).size();
          for (int i = 0; i < CALLS; i++) {
            AccessToken token = tokens.get();
            check(token.source() == AccessToken.Source.CACHE, "The token did not come from memory");
            check(token.value().equals(first.value()), "The token has changed");
          }
          check(servers.callApi(first).statusCode() == 200, "The API rejects the token");
          int sent = servers.tokenRequests(DemoServers.APP).size() - before;
          check(sent == 0, sent + " requests");
          return "The app asks for the token "
              + CALLS
              + " times. That sends no request, and the API accepts the token.";
        });
  }

  AccessToken refusedTokenIsReplaced(DemoScript script, AccessToken first) {
    return script.stepTo(
        "refused_token",
        () -> {
          servers.server.settings().tokenLifetime(SHORT);
          servers.server.expireAccessTokens();
          check(servers.callApi(first).statusCode() == 401, "The API still accepts the token");
          AccessToken second = tokens.replace(first, null);
          check(second.source() == AccessToken.Source.REFRESH, "The token was not refreshed");
          check(!second.value().equals(first.value()), "The refresh brought the same token");
          return new Told<>(
              second,
              "The API suddenly rejects the token. The app asks for a replacement: one refresh.");
        });
  }

  AccessToken expiredTokenIsRefreshed(DemoScript script, AccessToken second) {
    return script.stepTo(
        "refresh_rotates",
        () -> {
          DemoScript.sleepUntil(second.expiresAt());
          int before = servers.server.redemptions();
          AtomicBoolean rotated = new AtomicBoolean();
          servers.server.fail(lookFor("refresh_token", rotated));
          AccessToken third = tokens.get();
          check(third.source() == AccessToken.Source.REFRESH, "The token was not refreshed");
          int redeemed = servers.server.redemptions() - before;
          check(redeemed == 1, "Redeemed " + redeemed + " times");
          check(rotated.get(), "The server did not rotate the refresh token");
          return new Told<>(
              third,
              "The new token lives for one second. Once it has expired, the next call refreshes it."
                  + " The server rotates the refresh token each time: the old one is void, and"
                  + " using it would end the session.");
        });
  }

  /** Looks into the next refresh's answer without changing it. */
  private static Fault lookFor(String member, AtomicBoolean found) {
    return Fault.rewrite(
            body -> {
              found.set(body.contains("\"" + member + "\""));
              return body;
            })
        .toRefreshes();
  }

  void oneRefreshServesAllThreads(DemoScript script, AccessToken third) {
    script.step(
        "one_refresh_for_64_threads",
        () -> {
          DemoScript.sleepUntil(third.expiresAt());
          servers.server.settings().tokenLifetime(Duration.ofHours(1));
          int before = servers.server.redemptions();
          long sentBefore = servers.refreshRequests();
          Set<String> values = askAtOnce();
          check(values.size() == 1, "The threads got " + values.size() + " different tokens");
          int redeemed = servers.server.redemptions() - before;
          long sent = servers.refreshRequests() - sentBefore;
          check(redeemed == 1 && sent == 1, sent + " requests, " + redeemed + " redemptions");
          return THREADS
              + " threads ask at once when the token has expired. The server's log shows exactly"
              + " one refresh, made with the rotated refresh token.";
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
