package dev.latchkey.benchmarks;

import dev.latchkey.Account;
import dev.latchkey.TokenSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A token that is in memory. */
@NullUnmarked // the fields are set before the first call
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class CachedTokenBenchmark {

  private LatchkeySide latchkey;
  private Account account;
  private TokenSource kept;
  private Side.Session msal;

  /** Signs in on both sides. */
  @Setup
  public void signIn() throws Exception {
    Endpoints endpoints = Endpoints.ofProperties();
    endpoints.ask("clear");
    latchkey = new LatchkeySide(endpoints, null);
    approved(endpoints, latchkey);
    account = latchkey.client.accounts().get(0);
    kept = latchkey.client.tokens(account);
    msal = approved(endpoints, new MsalSide(endpoints, null));
  }

  private static Side.Session approved(Endpoints endpoints, Side side) throws Exception {
    CompletableFuture<Side.Session> signIn = side.signIn();
    while (endpoints.ask("approve").equals("0")) {
      Thread.onSpinWait();
    }
    return signIn.get(60, TimeUnit.SECONDS);
  }

  /** {@code client.tokens(account).get()}, as the README shows it. */
  @Benchmark
  public Object readme() {
    return latchkey.client.tokens(account).get();
  }

  /** {@code tokens.get()} of a source that the application keeps. */
  @Benchmark
  public Object keptSource() {
    return kept.get();
  }

  /** {@code acquireTokenSilently(…).join()}. */
  @Benchmark
  public Object msal4j() {
    return msal.token();
  }
}
