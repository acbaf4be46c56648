package dev.latchkey.schedule;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.AuthorizationServer;
import dev.latchkey.ClientSeams;
import dev.latchkey.PublicClient;
import dev.latchkey.SignIn;
import dev.latchkey.SignInResult;
import dev.latchkey.TokenSource;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.SignInExpired;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.schedule.Interleaving.Killed;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A process with a client of its own, on one thread: tasks that other threads hand to it wait until
 * it has time. A killed one never runs again; another takes over its remaining steps.
 */
final class SimulatedProcess {

  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final String name;
  private final World world;
  private final Iterator<Step> steps;
  private final SimulatedStore store;
  private final PublicClient client;
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final Map<Person, AccessToken> lastToken = new EnumMap<>(Person.class);
  private @Nullable Thread thread;
  private @Nullable Person signingIn;
  private boolean dead;
  private boolean storeFaultInStep;
  private int step;
  private int callsToLive;

  SimulatedProcess(String name, World world, Iterator<Step> steps) {
    this.name = name;
    this.world = world;
    this.steps = steps;
    this.store = new SimulatedStore(world.records, this);
    Executor executor = this::execute;
    URI server = URI.create(ModelServer.ISSUER);
    this.client =
        ClientSeams.builder(world.time, executor)
            .authorizationServer(
                AuthorizationServer.of(
                    ModelServer.ISSUER,
                    server.resolve("/device"),
                    server.resolve("/token"),
                    server.resolve("/revoke")))
            .clientId(ModelServer.CLIENT_ID)
            .scopes("User.Read")
            .tokenStore(store)
            .executor(executor)
            .httpClient(new SimulatedHttp(this::answer))
            .build();
  }

  private SimulatedHttp.Page answer(URI uri, SimulatedHttp.FormReader form)
      throws java.io.IOException {
    seam();
    SimulatedHttp.Page page = world.server.answer(this, uri, form);
    seam(); // after the server has acted, and before anything is stored
    return page;
  }

  /** Runs on the calling thread from now on. */
  void adopt() {
    thread = Thread.currentThread();
  }

  /** Takes all steps. */
  void run() {
    adopt();
    while (steps.hasNext()) {
      drain();
      Step next = steps.next();
      step++;
      storeFaultInStep = false;
      world.told.add(name + ": " + next);
      take(next);
    }
    drain();
  }

  private void take(Step next) {
    Person person = next.person();
    switch (next.kind()) {
      case GET -> get(person);
      case REPLACE -> replace(person);
      case SIGN_IN -> signIn(person);
      case SIGN_OUT -> signOut(person);
      case EXPIRE -> world.time.advance(Duration.ofMinutes(61));
      case BECOME_DUE -> world.time.advance(Duration.ofMinutes(56));
      case SLEEP -> world.time.sleep(Duration.ofMinutes(61));
      case CLOCK_BACK -> world.time.setWallClock(Duration.ofMinutes(-10));
      case REVOKE -> {
        world.history.revoked(person);
        world.server.revoke(person);
      }
      case KILL -> callsToLive = next.after();
      default -> {
        if (next.kind().isServerFault()) {
          world.history.serverFaults = true;
          world.server.fault(next.kind());
        } else {
          store.fault(next.kind());
        }
      }
    }
  }

  /** The token of a person, or null if there is none for a reason that is allowed. */
  @Nullable AccessToken get(Person person) {
    return token(person, TokenSource::get);
  }

  private void replace(Person person) {
    AccessToken rejected = lastToken.get(person);
    if (rejected == null) {
      return;
    }
    AccessToken token = token(person, source -> source.replace(rejected, null));
    if (token != null && token.value().equals(rejected.value())) {
      throw new AssertionError("a rejected token came again");
    }
  }

  private interface Call {
    AccessToken of(TokenSource source);
  }

  private @Nullable AccessToken token(Person person, Call call) {
    Account account = world.history.accounts.get(person);
    if (account == null) {
      return null;
    }
    boolean mustSucceed = world.history.isUndisturbed(person);
    try {
      AccessToken token = call.of(client.tokens(account));
      Person whose = world.server.familyOf(token.value()).person;
      if (whose != person) {
        throw new AssertionError(person + " got a token of " + whose);
      }
      lastToken.put(person, token);
      return token;
    } catch (LatchkeyException e) {
      checkAlive();
      world.history.judge(this, person, e, mustSucceed);
      return null;
    }
  }

  @Nullable SignInResult signIn(Person person) {
    History.Event event = world.history.begin(History.Kind.SIGN_IN, person, this);
    signingIn = person;
    try {
      SignIn signIn = client.beginSignIn();
      while (!signIn.result().isDone()) {
        drain();
        seam();
        world.time.advance(INTERVAL);
      }
      SignInResult result = signIn.await();
      Account account = result.account();
      if (!person.subject.equals(account.subject()) || !person.tenant.equals(account.tenantId())) {
        throw new AssertionError(person + " signed in, and became " + account);
      }
      world.history.accounts.put(person, account);
      event.end(result.storeFailure() == null);
      return result;
    } catch (LatchkeyException e) {
      checkAlive();
      if (!(e instanceof SignInExpired || e instanceof TokenStoreFailure)) {
        throw new AssertionError("a sign-in failed", e);
      }
      // another process let time pass, or the store would not take the session
      world.history.forget(event);
      return null;
    } finally {
      signingIn = null;
    }
  }

  void signOut(Person person) {
    Account account = world.history.accounts.get(person);
    if (account == null) {
      return;
    }
    History.Event event = world.history.begin(History.Kind.SIGN_OUT, person, this);
    try {
      client.signOut(account);
      event.end(true);
    } catch (TokenStoreFailure e) {
      checkAlive();
      event.end(false);
      world.history.judge(this, person, e, false);
    }
  }

  /** Every call to the store and the server passes here: others may go on first. */
  void seam() {
    checkAlive();
    if (Thread.currentThread() == thread && callsToLive > 0 && --callsToLive == 0) {
      die();
    }
    world.interleaving.point();
    checkAlive();
  }

  /** A killed process goes no further, whatever the library made of its end. */
  private void checkAlive() {
    if (dead) {
      throw new Killed();
    }
  }

  void await(BooleanSupplier condition) {
    world.interleaving.await(condition);
    checkAlive();
  }

  private void die() {
    dead = true;
    world.server.doubt(this);
    if (signingIn != null) {
      world.history.doubt(signingIn);
    }
    world.records.releaseAll(store);
    world.told.add(name + " was killed");
    world.start(name, steps);
    throw world.interleaving.vanish();
  }

  void storeFailed() {
    storeFaultInStep = true;
    world.history.storeFaults = true;
    world.server.doubt(this);
  }

  boolean storeFailedInThisStep() {
    return storeFaultInStep;
  }

  void mend() {
    store.mend();
    callsToLive = 0;
    storeFaultInStep = false;
  }

  int step() {
    return step;
  }

  boolean isRefreshing() {
    return signingIn == null;
  }

  Person signingIn() {
    if (signingIn == null) {
      throw new AssertionError("nobody signs in");
    }
    return signingIn;
  }

  private void execute(Runnable task) {
    if (Thread.currentThread() == thread) {
      task.run();
    } else {
      tasks.add(task);
    }
  }

  /** Runs what others handed over. */
  void drain() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
      checkAlive(); // the library may have kept the end to itself
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
