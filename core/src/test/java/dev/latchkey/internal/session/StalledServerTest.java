package dev.latchkey.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.AuthorizationServer;
import dev.latchkey.ClientSeams;
import dev.latchkey.PublicClient;
import dev.latchkey.PublicClientBuilder;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.Crowd;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.fixture.ScriptedServer.Request;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Refreshes hold no thread while the server keeps them waiting. */
@Timeout(120)
class StalledServerTest {

  private static final Account ALICE = RefreshRun.account();
  private static final Duration LONG = Duration.ofMinutes(10);

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final RefreshRun run = new RefreshRun(server).signedIn();
  private final ExecutorService one = Executors.newSingleThreadExecutor();
  private final CompletableFuture<Void> stalled = new CompletableFuture<>();

  @AfterEach
  void shutDown() {
    stalled.complete(null);
    one.shutdown();
  }

  private static Account account(int number) {
    return new Account("a" + number, "https://issuer.example", "alice", null, null, null, null);
  }

  private List<Account> accounts(int count) {
    List<Account> accounts =
        IntStream.range(0, count).mapToObj(StalledServerTest::account).toList();
    accounts.forEach(
        account ->
            run.put(run.recordOf(account, RefreshRun.HOUR).rotated("refresh-" + account.id())));
    return accounts;
  }

  /** Answers with tokens, but keeps each waiting whose refresh token begins so. */
  private CountDownLatch stall(String prefix, int count) {
    CountDownLatch arrived = new CountDownLatch(count);
    server.answerBy(
        "/token",
        request -> {
          boolean waits = refreshToken(request).startsWith(prefix);
          Answer answer =
              Answer.json(
                  200,
                  Body.tokens()
                      .with("access_token", "access-for-" + refreshToken(request))
                      .with("refresh_token", refreshToken(request) + "-next"));
          return waits
              ? answer.after(
                  () -> {
                    arrived.countDown();
                    stalled.join();
                  })
              : answer;
        });
    return arrived;
  }

  private static String refreshToken(Request request) {
    return request.form().getOrDefault("refresh_token", "");
  }

  private PublicClientBuilder onOneThread(PublicClientBuilder builder) {
    return builder.executor(one).requestTimeout(LONG);
  }

  private static List<CompletableFuture<AccessToken>> tokens(
      PublicClient client, List<Account> accounts) {
    return accounts.stream().map(account -> client.tokens(account).getAsync()).toList();
  }

  @Test
  void twoHundredRefreshesOfOneThreadReachAStalledServer() throws Exception {
    List<Account> accounts = accounts(200);
    run.time.advance(RefreshRun.HOUR);
    CountDownLatch arrived = stall("refresh-a", accounts.size());
    PublicClient client = run.client(this::onOneThread);

    List<CompletableFuture<AccessToken>> waiting = tokens(client, accounts);
    arrived.await();
    boolean threadIsFree = one.submit(() -> true).get();
    boolean anyDone = waiting.stream().anyMatch(CompletableFuture::isDone);
    stalled.complete(null);

    assertThat(threadIsFree).isTrue();
    assertThat(anyDone).isFalse();
    for (int i = 0; i < accounts.size(); i++) {
      assertThat(waiting.get(i).join().value()).isEqualTo("access-for-refresh-a" + i);
    }
    assertThat(server.requests("/token")).hasSize(accounts.size());
  }

  /** The library's own threads for such calls are 32, for all clients together. */
  @Test
  void serverThatKeepsManyWaitingKeepsNoOtherAccountFromRefreshing() throws Exception {
    List<Account> accounts = accounts(100);
    run.put(run.record(RefreshRun.HOUR).rotated("other"));
    run.time.advance(RefreshRun.HOUR);
    CountDownLatch arrived = stall("refresh-a", accounts.size());
    PublicClient client =
        ClientSeams.builder(run.time)
            .authorizationServer(server.authorizationServer())
            .clientId(RefreshRun.CLIENT_ID)
            .scopes("User.Read")
            .tokenStore(run.store)
            .requestTimeout(LONG)
            .build();

    List<CompletableFuture<AccessToken>> waiting = tokens(client, accounts);
    arrived.await();
    AccessToken other = client.tokens(ALICE).get();
    boolean anyDone = waiting.stream().anyMatch(CompletableFuture::isDone);
    stalled.complete(null);

    assertThat(other.value()).isEqualTo("access-for-other");
    assertThat(anyDone).isFalse();
    assertThat(waiting).allSatisfy(token -> assertThat(token.join().value()).startsWith("access"));
  }

  /** All of them wait for their turn, one after another, with one refresh token. */
  @Test
  void scopeSetsThatWaitForTheirTurnKeepNoOtherAccountFromRefreshing() throws Exception {
    List<Account> accounts = accounts(1);
    run.put(run.record(RefreshRun.HOUR).rotated("other"));
    run.time.advance(RefreshRun.HOUR);
    CountDownLatch arrived = stall("refresh-a0", 1);
    PublicClient client = run.client(builder -> onOneThread(builder).leaseTimeout(LONG));

    List<CompletableFuture<AccessToken>> waiting =
        IntStream.range(0, 40)
            .mapToObj(i -> client.tokens(accounts.get(0), List.of("Scope" + i)).getAsync())
            .toList();
    arrived.await();
    AccessToken other = client.tokens(ALICE).get();
    int sent = server.requests("/token").size();
    stalled.complete(null);
    waiting.forEach(CompletableFuture::join);

    assertThat(other.value()).isEqualTo("access-for-other");
    assertThat(sent).isEqualTo(2);
    assertThat(server.requests("/token"))
        .extracting(StalledServerTest::refreshToken)
        .filteredOn(token -> token.startsWith("refresh-a0"))
        .hasSize(40)
        .doesNotHaveDuplicates();
  }

  /** It holds the only thread, and the refresh must come to its end all the same. */
  @Test
  void signOutThatWaitsForARefreshOnTheOnlyThreadIsNotWaitedForByIt() throws Exception {
    List<Account> accounts = accounts(1);
    run.time.advance(RefreshRun.HOUR);
    CountDownLatch arrived = stall("refresh-a0", 1);
    server.answer("/revoke", Answer.page(200, "text/plain", ""));
    PublicClient client = run.client(builder -> onOneThread(builder).leaseTimeout(LONG));

    CompletableFuture<AccessToken> refresh = client.tokens(accounts.get(0)).getAsync();
    arrived.await();
    var signOut = Crowd.alone(() -> client.signOut(accounts.get(0)));
    stalled.complete(null);
    AccessToken token = refresh.join();
    signOut.join();

    assertThat(token.value()).isEqualTo("access-for-refresh-a0");
    assertThat(server.requests("/revoke").get(0).form()).containsEntry("token", "refresh-a0-next");
    assertThat(client.accounts()).extracting(Account::id).containsExactly(ALICE.id());
  }

  /** The metadata come late: the same, before the request has left. */
  @Test
  void refreshThatWaitsForTheMetadataHoldsNoThread() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    server.answer(
        "/.well-known/openid-configuration",
        Answer.json(
                200,
                new Body()
                    .with("issuer", server.at("").toString())
                    .with("token_endpoint", server.at("/token").toString()))
            .after(
                () -> {
                  arrived.countDown();
                  stalled.join();
                }));
    stall("none", 0);
    PublicClient client =
        run.client(
            builder ->
                onOneThread(builder)
                    .authorizationServer(AuthorizationServer.discover(server.at(""))));
    signInAt(server.at("").toString());
    run.time.advance(RefreshRun.HOUR);

    CompletableFuture<AccessToken> refresh = client.tokens(ALICE).getAsync();
    arrived.await();
    boolean threadIsFree = one.submit(() -> true).get();
    boolean done = refresh.isDone();
    stalled.complete(null);

    assertThat(threadIsFree).isTrue();
    assertThat(done).isFalse();
    assertThat(refresh.join().value()).isEqualTo("access-for-refresh-0");
  }

  private void signInAt(String serverId) {
    SessionRecord record = run.record(RefreshRun.HOUR);
    run.put(
        new SessionRecord(
            serverId,
            record.clientId(),
            record.account(),
            record.signInScopes(),
            record.missingScopes(),
            record.signedInAt(),
            record.refreshToken(),
            record.ended(),
            record.possiblySpent(),
            record.skewMillis(),
            record.tokens()));
  }

  /** Whatever thread calls, it is not held up: neither by the store nor by the server. */
  @Test
  void callerIsNeverHeldUp() {
    run.time.advance(RefreshRun.HOUR);
    PublicClient client = run.client(builder -> builder.executor(task -> {}));

    Stream<CompletableFuture<AccessToken>> calls =
        Stream.of(
            client.tokens(ALICE).getAsync(),
            client.tokens(ALICE).getAsync("{\"a\":1}"),
            client.tokens(ALICE, List.of("Other")).getAsync());

    assertThat(calls).allSatisfy(call -> assertThat(call).isNotDone());
  }
}
