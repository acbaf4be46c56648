package dev.latchkey;

import dev.latchkey.SessionRecord.StoredToken;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A session that was stored by an earlier sign-in, and clients that share its store and time. */
final class RefreshRun {

  static final String CLIENT_ID = "1406020730";
  static final String ACCESS_TOKEN = "access-0";
  static final String REFRESH_TOKEN = "refresh-0";
  static final Set<String> SCOPES = Scopes.withIdentity(Scopes.of(List.of("User.Read")), true);
  static final String DAMAGED = "{\"v\":1}";
  static final Duration HOUR = Duration.ofHours(1);

  final FakeTime time = new FakeTime();
  final Heard heard = new Heard();
  final WatchedWorkers workers = new WatchedWorkers();
  final FaultyStore store;

  private final AuthorizationServer server;

  RefreshRun(ScriptedServer server) {
    this(server, new MemoryTokenStore());
  }

  RefreshRun(ScriptedServer server, TokenStore store) {
    this.server = server.authorizationServer();
    this.store = new FaultyStore(store);
  }

  /** Another client of the same program, or of another process: only the store is shared. */
  PublicClient client() {
    return client(builder -> builder);
  }

  PublicClient client(UnaryOperator<PublicClientBuilder> settings) {
    PublicClientBuilder builder =
        PublicClient.builder()
            .authorizationServer(server)
            .clientId(CLIENT_ID)
            .scopes("User.Read")
            .tokenStore(store)
            .listener(heard)
            .executor(workers)
            .callbacks(workers)
            .time(time);
    return settings.apply(builder).build();
  }

  /** What a client is made of, to test its parts by themselves. */
  ClientSetup setup() {
    return new ClientSetup(
        server,
        CLIENT_ID,
        SCOPES,
        true,
        Set.of(),
        store,
        () -> {
          throw new AssertionError("no request is expected");
        },
        Runnable::run,
        Runnable::run,
        heard,
        Duration.ofSeconds(60),
        time,
        new ServerClock(time));
  }

  TokenSource tokens() {
    return client().tokens(account());
  }

  static Account account() {
    return new Account("a11ce", "https://issuer.example", "alice", null, null, null, null);
  }

  /** Signed in just now, with an access token for an hour. */
  RefreshRun signedIn() {
    return signedIn(HOUR);
  }

  RefreshRun signedIn(Duration tokenLifetime) {
    return put(record(tokenLifetime));
  }

  /** Signed in an hour ago: only the refresh token is good still. */
  RefreshRun expired() {
    signedIn();
    time.advance(HOUR);
    return this;
  }

  SessionRecord record(Duration tokenLifetime) {
    return recordOf(account(), tokenLifetime);
  }

  SessionRecord recordOf(Account account, Duration tokenLifetime) {
    long now = time.wallMillis();
    Lifetime lifetime = Lifetime.granted(time.nanos(), now, tokenLifetime, null);
    StoredToken token =
        new StoredToken(
            ACCESS_TOKEN, "Bearer", now, lifetime.dueMillis(), lifetime.endMillis(), audit(SCOPES));
    return new SessionRecord(
        server.id(),
        CLIENT_ID,
        account,
        SCOPES,
        Set.of(),
        now,
        REFRESH_TOKEN,
        null,
        false,
        0,
        Map.of(Scopes.key(SCOPES), token));
  }

  static ScopeAudit audit(Set<String> granted) {
    return new ScopeAudit(granted, granted, Set.of(), Set.of());
  }

  /** Writes the record as another process would, over whatever is there. */
  RefreshRun put(SessionRecord record) {
    String id = record.account().id();
    @Nullable String version = version(id);
    if (store.beneath().write(id, RecordFormat.write(record), version) == null) {
      throw new AssertionError("the store did not take the record");
    }
    return this;
  }

  /** Deletes the record as another process would. */
  void delete() {
    String id = account().id();
    if (!store.beneath().delete(id, String.valueOf(version(id)))) {
      throw new AssertionError("there was no record");
    }
  }

  private @Nullable String version(String id) {
    var stored = store.beneath().read(id);
    return stored == null ? null : stored.version();
  }

  /** Damages the record in the store. */
  void damage() {
    String id = account().id();
    if (store.beneath().write(id, DAMAGED, version(id)) == null) {
      throw new AssertionError("the store did not take the damage");
    }
  }

  /** What is in the store, readable or not. */
  String rawContent() {
    var stored = store.beneath().read(account().id());
    return stored == null ? "no record" : stored.content();
  }

  boolean isStored() {
    return store.beneath().read(account().id()) != null;
  }

  /** The record as it is in the store. */
  SessionRecord stored() {
    var stored = store.beneath().read(account().id());
    if (stored == null) {
      throw new AssertionError("there is no record");
    }
    return RecordFormat.read(account().id(), stored.content());
  }

  String storedRefreshToken() {
    return String.valueOf(stored().refreshToken());
  }

  /** The same record with another refresh token and another access token of an hour. */
  SessionRecord refreshedByAnother(String refreshToken, String accessToken) {
    SessionRecord record = record(HOUR);
    StoredToken known = record.tokens().values().iterator().next();
    return record.refreshed(
        refreshToken,
        0,
        Scopes.key(SCOPES),
        new StoredToken(
            accessToken,
            "Bearer",
            known.issuedAt(),
            known.dueAt(),
            known.endsAt(),
            known.scopes()));
  }
}
