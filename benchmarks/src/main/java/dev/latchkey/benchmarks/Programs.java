package dev.latchkey.benchmarks;

import dev.latchkey.PublicClient;
import dev.latchkey.SignIn;
import dev.latchkey.benchmarks.Side.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The programs that are measured, each in a process of its own. Arguments: the program, the side,
 * and one number or path.
 */
final class Programs {

  private static final int LIMIT_SECONDS = 400;

  private final Endpoints endpoints = Endpoints.ofProperties();
  private final String side;
  private final String argument;

  private Programs(String side, String argument) {
    this.side = side;
    this.argument = argument;
  }

  public static void main(String... args) throws Exception {
    Programs programs = new Programs(args[1], args[2]);
    switch (args[0]) {
      case "sign-in" -> programs.signIn();
      case "approvals" -> programs.approvals();
      case "polls" -> programs.polls();
      case "storm" -> programs.storm();
      case "refresh" -> programs.refresh();
      case "cached" -> programs.cached();
      case "keep" -> programs.keep();
      case "one-of-many" -> programs.oneOfMany();
      case "cancel" -> programs.cancel();
      case "me" -> programs.me();
      case "list" -> programs.list();
      case "download" -> programs.download();
      case "upload" -> programs.upload();
      default -> throw new IllegalArgumentException(args[0]);
    }
    System.exit(0); // some sides keep threads
  }

  private int number() {
    return Integer.parseInt(argument);
  }

  /** One sign-in from the start of the process; approved before the first poll. */
  private void signIn() throws Exception {
    CompletableFuture<Session> signIn = Side.of(side, endpoints, null).signIn();
    approve(List.of(signIn));
    use(signIn.get(LIMIT_SECONDS, TimeUnit.SECONDS).token());
    Meter.printProcess();
  }

  private static void use(String token) {
    if (token.isEmpty()) {
      throw new IllegalStateException("no token");
    }
  }

  /** Waits until sign-ins that are on their way wait for their approval, and approves them. */
  private void approve(List<CompletableFuture<Session>> begun) throws Exception {
    awaitPending(begun);
    endpoints.ask("approve");
  }

  private void awaitPending(List<CompletableFuture<Session>> begun) throws Exception {
    while (Integer.parseInt(endpoints.ask("pending")) < begun.size()) {
      for (CompletableFuture<Session> signIn : begun) {
        if (signIn.isCompletedExceptionally()) {
          signIn.get(); // it never arrives: its failure says why
        }
      }
      Thread.sleep(10); // to ask without a pause would count as the library's CPU
    }
  }

  private List<CompletableFuture<Session>> begin(Side library, int count)
      throws InterruptedException {
    List<CompletableFuture<Session>> begun = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      begun.add(library.signIn());
      if (i % 50 == 49) {
        Thread.sleep(50); // no side is to be refused a connection
      }
    }
    return begun;
  }

  private static List<Session> finish(List<CompletableFuture<Session>> begun)
      throws ExecutionException, InterruptedException, TimeoutException {
    List<Session> sessions = new ArrayList<>();
    for (CompletableFuture<Session> signIn : begun) {
      sessions.add(signIn.get(LIMIT_SECONDS, TimeUnit.SECONDS));
    }
    return sessions;
  }

  /** Many sign-ins of one client, each of another person, all approved at once. */
  private void approvals() throws Exception {
    int count = number();
    Side library = Side.of(side, endpoints, null);
    List<CompletableFuture<Session>> begun = begin(library, count);
    awaitPending(begun); // to begin is not measured here
    Meter meter = Meter.start();
    approve(begun);
    finish(begun);
    Meter.print("cpu", meter.cpuMillis() / count);
    Meter.print("wall", meter.wallMillis());
    Meter.printProcess();
  }

  /** The CPU of polls while nobody approves. */
  private void polls() throws Exception {
    Side library = Side.of(side, endpoints, null);
    begin(library, number());
    Thread.sleep(4_000);
    int before = Integer.parseInt(endpoints.ask("polls"));
    Meter meter = Meter.start();
    Thread.sleep(6_000);
    double cpu = meter.cpuMillis();
    Meter.print("cpu", cpu / (Integer.parseInt(endpoints.ask("polls")) - before));
    Meter.printProcess();
  }

  /** So many threads want a new token of one session at once. */
  private void storm() throws Exception {
    Side library = Side.of(side, endpoints, null);
    List<CompletableFuture<Session>> begun = begin(library, 1);
    approve(begun);
    Session session = finish(begun).get(0);
    Supplier<String> refresh = session.refreshOfHeldToken();
    int before = Integer.parseInt(endpoints.ask("redemptions"));
    CountDownLatch ready = new CountDownLatch(number());
    CountDownLatch done = new CountDownLatch(number());
    for (int i = 0; i < number(); i++) {
      new Thread(
              () -> {
                ready.countDown();
                try {
                  ready.await();
                  use(refresh.get());
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                } finally {
                  done.countDown();
                }
              })
          .start();
    }
    done.await();
    Meter.print("refreshes", Integer.parseInt(endpoints.ask("redemptions")) - before);
  }

  /** Signs many people in, some at a time: a store of files lets one after another write. */
  private List<Session> signInMany(Side library, int count) throws Exception {
    List<Session> sessions = new ArrayList<>();
    while (sessions.size() < count) {
      List<CompletableFuture<Session>> begun =
          begin(library, Math.min(200, count - sessions.size()));
      approve(begun);
      sessions.addAll(finish(begun));
    }
    return sessions;
  }

  /** Refreshes one of many accounts and keeps it; lists them; one more signs in. */
  private void refresh() throws Exception {
    Path directory = Files.createTempDirectory("benchmark");
    Side library = Side.of(side, endpoints, directory);
    Session session = signInMany(library, number()).get(0);
    List<Double> refreshes = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      Meter meter = Meter.start();
      use(session.refresh());
      refreshes.add(meter.wallMillis());
    }
    Meter.print("refresh", median(refreshes));
    List<Double> listings = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Meter meter = Meter.start();
      int listed = library.sessions().size();
      if (listed != number()) {
        throw new IllegalStateException(listed + " accounts");
      }
      listings.add(meter.wallMillis());
    }
    Meter.print("accounts", median(listings));
    List<CompletableFuture<Session>> more = begin(library, 1);
    Meter meter = Meter.start();
    approve(more);
    finish(more);
    Meter.print("one-more", meter.cpuMillis());
    Files.writeString(Path.of(System.getProperty("kept", "")), directory.toString());
  }

  static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Signs one person in and keeps the session. */
  private void keep() throws Exception {
    Path directory = Files.createTempDirectory("benchmark");
    List<CompletableFuture<Session>> begun = begin(Side.of(side, endpoints, directory), 1);
    approve(begun);
    use(finish(begun).get(0).token());
    Files.writeString(Path.of(System.getProperty("kept", "")), directory.toString());
  }

  /** Waits for the others, then wants another token than the one that all of them hold. */
  private void oneOfMany() throws Exception {
    Path directory = Path.of(Files.readString(Path.of(argument)).strip());
    Supplier<String> refresh =
        Side.of(side, endpoints, directory).sessions().get(0).refreshOfHeldToken();
    System.out.println("READY");
    if (System.in.read() < 0) {
      throw new IllegalStateException("the others did not come");
    }
    use(refresh.get());
  }

  /** Begins many sign-ins, a few at a time, and cancels all. */
  private void cancel() throws Exception {
    PublicClient client = new LatchkeySide(endpoints, null).client;
    Semaphore window = new Semaphore(32);
    List<CompletableFuture<SignIn>> begun = new ArrayList<>();
    Meter begin = Meter.start();
    for (int i = 0; i < number(); i++) {
      window.acquire();
      begun.add(client.beginSignInAsync().whenComplete((signIn, failure) -> window.release()));
    }
    List<SignIn> pending = new ArrayList<>();
    for (CompletableFuture<SignIn> one : begun) {
      pending.add(one.get(LIMIT_SECONDS, TimeUnit.SECONDS));
    }
    Meter.print("begin", begin.wallMillis());
    Meter.print("begin-cpu", begin.cpuMillis());
    Meter cancel = Meter.start();
    pending.forEach(SignIn::cancel);
    for (SignIn one : pending) {
      boolean cancelled =
          one.result()
              .handle((result, failure) -> failure != null)
              .get(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (!cancelled) {
        throw new IllegalStateException("not cancelled");
      }
    }
    Meter.print("cancel", cancel.wallMillis());
    Meter.print("both", begin.wallMillis());
    Meter.printProcess();
  }

  /** A token of a session that an earlier process kept, from the start of the process. */
  private void cached() throws Exception {
    Path directory =
        Side.isInKeyring() ? null : Path.of(Files.readString(Path.of(argument)).strip());
    use(Side.of(side, endpoints, directory).sessions().get(0).token());
    Meter.printProcess();
  }

  /** Some sides make their HTTP client here, others in the first call: what is cold has both. */
  private GraphSide graph() {
    return GraphSide.of(side, endpoints, System.getProperty("token", ""));
  }

  /** Requests one after the other, once the JVM is warm. */
  private void me() throws IOException {
    GraphSide graph = graph();
    int count = number();
    for (int i = 0; i < 2 * count; i++) {
      use(graph.me());
    }
    double[] micros = new double[count];
    Meter meter = Meter.startWithAllocation();
    Meter time = Meter.start();
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      use(graph.me());
      micros[i] = (System.nanoTime() - start) / 1e3;
    }
    double cpu = time.cpuMillis() / count;
    double bytes = meter.allocatedBytes() / count;
    Arrays.sort(micros);
    Meter.print("p50", micros[count / 2]);
    Meter.print("cpu", cpu);
    Meter.print("bytes", bytes / 1024);
  }

  private void list() throws IOException {
    Meter meter = Meter.startWithAllocation();
    Meter time = Meter.start();
    long listed = graph().list();
    Meter.print("cpu", time.cpuMillis());
    Meter.print("bytes", meter.allocatedBytes() / (1 << 20));
    if (listed != number()) {
      throw new IllegalStateException(listed + " items");
    }
  }

  private void upload() throws IOException {
    Path source = Path.of(argument);
    Meter time = Meter.start();
    graph().upload(source);
    Meter.print("cpu", time.cpuMillis());
    Meter.print("wall", time.wallMillis());
    if (Files.size(source) != Long.parseLong(endpoints.ask("uploaded"))) {
      throw new IllegalStateException("not the file");
    }
  }

  private void download() throws IOException {
    Path target = Files.createTempFile("benchmark", ".bin");
    Meter time = Meter.start();
    graph().download(target);
    Meter.print("cpu", time.cpuMillis());
    Meter.print("wall", time.wallMillis());
    if (Files.size(target) != Long.parseLong(argument)) {
      throw new IllegalStateException("not the file");
    }
    Files.delete(target);
  }
}
