package dev.latchkey.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.ClientSeams;
import dev.latchkey.PublicClient;
import dev.latchkey.TokenSource;
import dev.latchkey.fixture.Crowd;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.internal.time.Time;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The cost of a fresh token from memory: two volatile reads and a look at the clocks. */
class TokenFromMemoryTest {

  /** Less than one byte for each call means none; the JVM may allocate a little meanwhile. */
  private static final long NOTHING = 10_000;

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final RefreshRun run = new RefreshRun(server).signedIn();
  private final TokenSource tokens = run.tokens();

  @Test
  void secondCallReachesNeitherTheStoreNorTheServer() {
    AccessToken first = tokens.get();
    int calls = run.store.calls();

    AccessToken second = tokens.get();

    assertThat(first.value()).isEqualTo(RefreshRun.ACCESS_TOKEN);
    assertThat(second).isEqualTo(first);
    assertThat(run.store.calls()).isEqualTo(calls);
    assertThat(server.requests("/token")).isEmpty();
  }

  @Test
  void tokensOfOneScopeSetAreOneSource() {
    PublicClient client = run.client();

    TokenSource one = client.tokens(RefreshRun.account());
    TokenSource other = client.tokens(RefreshRun.account());

    assertThat(one).isSameAs(other);
  }

  @Test
  void callNeedsNoLock() throws Exception {
    AccessToken first = tokens.get();
    Object session = session(tokens);

    CompletableFuture<AccessToken> call;
    synchronized (session) {
      synchronized (tokens) {
        try (var lease = run.store.lease(RefreshRun.account().id(), Duration.ZERO)) {
          call = Crowd.alone(tokens::get);
          assertThat(call.get(20, TimeUnit.SECONDS)).isEqualTo(first);
        }
      }
    }
  }

  @Test
  void callAllocatesNothing() {
    PublicClient client = run.client(builder -> ClientSeams.time(builder, Time.system()));
    run.put(run.record(Duration.ofDays(36_500)));
    TokenSource source = client.tokens(RefreshRun.account());
    AccessToken token = source.get();

    assertThat(allocatedBy(() -> source, token)).isLessThan(NOTHING);
  }

  @Test
  void callOfTheReadmeWhichNamesTheAccountEachTimeAllocatesNothing() {
    PublicClient client = run.client(builder -> ClientSeams.time(builder, Time.system()));
    run.put(run.record(Duration.ofDays(36_500)));
    Account account = RefreshRun.account();
    AccessToken token = client.tokens(account).get();

    assertThat(allocatedBy(() -> client.tokens(account), token)).isLessThan(NOTHING);
  }

  @Test
  void sourceOfTheClientsOwnScopesIsTheOneOfTheseScopes() {
    PublicClient client = run.client();

    TokenSource own = client.tokens(RefreshRun.account());

    assertThat(client.tokens(RefreshRun.account(), List.of("User.Read"))).isSameAs(own);
    assertThat(client.tokens(RefreshRun.account())).isSameAs(own);
  }

  /** The bytes that 10,000 calls allocate, once the JVM knows them. */
  private static long allocatedBy(Supplier<TokenSource> source, AccessToken token) {
    int seen = calls(source, 20_000);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    long nothing = threads.getCurrentThreadAllocatedBytes() - before;
    long start = threads.getCurrentThreadAllocatedBytes();
    seen += calls(source, 10_000);
    long allocated = threads.getCurrentThreadAllocatedBytes() - start;
    assertThat(seen).isEqualTo(30_000 * token.value().length());
    return allocated - nothing;
  }

  private static Object session(TokenSource tokens) throws ReflectiveOperationException {
    var field = CachedTokenSource.class.getDeclaredField("session");
    field.setAccessible(true);
    return field.get(tokens);
  }

  private static int calls(Supplier<TokenSource> source, int count) {
    int seen = 0;
    for (int i = 0; i < count; i++) {
      seen += source.get().get().value().length();
    }
    return seen;
  }
}
