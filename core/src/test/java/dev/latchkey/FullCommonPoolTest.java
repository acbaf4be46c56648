package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.HttpExchange.Kind;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.FakeTime;
import dev.latchkey.fixture.Program;
import dev.latchkey.fixture.RawServer;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.fixture.SignInRun;
import dev.latchkey.internal.concurrent.DaemonPools;
import dev.latchkey.internal.http.TransportFailure;
import dev.latchkey.internal.oauth.Exchange;
import dev.latchkey.internal.oauth.Form;
import dev.latchkey.internal.oauth.Reply;
import dev.latchkey.internal.time.Time;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The application may fill the JDK's common pool; nothing in this library may wait for it. */
class FullCommonPoolTest {

  private static final Form FORM = new Form().add("refresh_token", "secret");
  private static final String PROCESSORS = "-Djava.util.concurrent.ForkJoinPool.common.parallelism";

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  /** Blocks all threads of its common pool for good, then signs in and refreshes. */
  static final class Busy {
    private Busy() {}

    public static void main(String[] arguments) {
      fill();
      URI base = URI.create(arguments[0]);
      FakeTime time = new FakeTime();
      PublicClient client =
          ClientSeams.builder(time)
              .authorizationServer(AuthorizationServer.discover(base))
              .clientId(SignInRun.CLIENT_ID)
              .build();
      SignIn signIn = client.beginSignIn();
      System.out.println("began " + signIn.deviceAuthorization().userCode());
      time.finishNextWait();
      TokenSource tokens = client.tokens(signIn.await().account());
      System.out.println("signed in " + tokens.get().value());
      time.advance(Duration.ofHours(2));
      System.out.println("refreshed " + tokens.get().value());
    }

    private static void fill() {
      for (int i = 0; i < 64; i++) {
        ForkJoinPool.commonPool().execute(Busy::block);
      }
    }

    private static void block() {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Sends requests without a time limit that matters, on a client of the application and ours. */
  static final class Failing {
    private Failing() {}

    public static void main(String[] arguments) throws Exception {
      Busy.fill();
      HttpClient own = HttpClient.newBuilder().executor(DaemonPools.EXCHANGES).build();
      for (HttpClient client : List.of(HttpClient.newHttpClient(), own)) {
        Exchange exchange = new Exchange(client, Duration.ofDays(1), Time.system());
        for (String scheme : List.of("http", "https")) {
          try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI refused = URI.create(scheme + "://127.0.0.1:" + closed.getLocalPort());
            closed.close();
            print(exchange.post(Kind.POLL, refused, FORM, Map.of()));
          }
        }
        print(exchange.get(URI.create("https://latchkey.invalid/")));
        try (RawServer server =
            RawServer.onConnect(
                socket -> RawServer.write(socket, "HTTP/1.1 400 Bad Request\r\n"))) {
          print(exchange.post(Kind.POLL, server.uri("https"), FORM, Map.of()));
        }
        try (RawServer server = RawServer.afterRequest(RawServer::reset)) {
          print(exchange.post(Kind.POLL, server.uri("http"), FORM, Map.of()));
        }
        try (RawServer server = RawServer.sendingThenSilent("")) {
          CompletableFuture<Reply> reply =
              exchange.post(Kind.POLL, server.uri("http"), FORM, Map.of());
          System.out.println("requested " + server.awaitRequest());
          reply.cancel(true);
          System.out.println("disconnected " + server.awaitHangUp());
        }
      }
    }

    private static void print(CompletableFuture<Reply> reply) throws InterruptedException {
      try {
        System.out.println("replied " + reply.get());
      } catch (ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(TransportFailure.class);
        String message = String.valueOf(Objects.requireNonNull(e.getCause()).getMessage());
        System.out.println(message.replaceFirst("^\\S+ ", "").replaceFirst(",.*", ""));
      }
    }
  }

  /** Fills its common pool once a request is on its way, which then fails. */
  static final class FilledLater {
    private FilledLater() {}

    public static void main(String[] arguments) throws Exception {
      HttpClient own = HttpClient.newBuilder().executor(DaemonPools.EXCHANGES).build();
      Exchange exchange = new Exchange(own, Duration.ofDays(1), Time.system());
      CountDownLatch filled = new CountDownLatch(1);
      RawServer.Script resetOnceFilled =
          socket -> {
            try {
              filled.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            RawServer.reset(socket);
          };
      try (RawServer server = RawServer.onConnect(resetOnceFilled)) {
        CompletableFuture<Reply> poll =
            exchange.post(Kind.POLL, server.uri("https"), FORM, Map.of());
        System.out.println("connected " + server.awaitRequest());
        fillAndWait();
        server.close();
        filled.countDown();
        System.out.println("never left " + failure(poll).neverLeft());
      }
    }

    private static void fillAndWait() throws InterruptedException {
      CountDownLatch blocked = new CountDownLatch(ForkJoinPool.getCommonPoolParallelism());
      for (int i = 0; i < 64; i++) {
        ForkJoinPool.commonPool()
            .execute(
                () -> {
                  blocked.countDown();
                  Busy.block();
                });
      }
      blocked.await();
    }

    private static TransportFailure failure(CompletableFuture<Reply> reply)
        throws InterruptedException {
      try {
        throw new AssertionError(reply.get());
      } catch (ExecutionException e) {
        return (TransportFailure) Objects.requireNonNull(e.getCause());
      }
    }
  }

  /** Such a failure was once seen only at the time limit of the request. */
  @Test
  void programThatFillsTheCommonPoolAfterARequestBeganSeesItsFailure() throws Exception {
    try (Program program = Program.start(FilledLater.class, PROCESSORS + "=3")) {
      assertThat(program.awaitEnd()).contains("connected true", "never left true");
    }
  }

  /** A refused connection was once seen only at the time limit of the request. */
  @Test
  void programThatFillsTheCommonPoolSeesFailuresAtOnce() throws Exception {
    try (Program program = Program.start(Failing.class, PROCESSORS + "=3")) {
      List<String> printed =
          program.awaitEnd().lines().filter(line -> !line.startsWith("SLF4J")).toList();

      List<String> once =
          List.of(
              "no connection",
              "no connection",
              "host name not found",
              "TLS failed",
              "connection broken",
              "requested true",
              "disconnected true");
      assertThat(printed)
          .containsExactlyElementsOf(Stream.concat(once.stream(), once.stream()).toList());
    }
  }

  @Test
  void programThatFillsTheCommonPoolSignsInAndRefreshes() throws Exception {
    String issuer = server.at("").toString();
    Body metadata =
        new Body()
            .with("issuer", issuer)
            .with("device_authorization_endpoint", issuer + "/device")
            .with("token_endpoint", issuer + "/token");
    server.answer("/.well-known/openid-configuration", Answer.json(200, metadata));
    server.answer("/device", Answer.json(200, Body.device()));
    server.answer("/token", Answer.json(200, Body.tokens().with("access_token", "first")));
    server.answer("/token", Answer.json(200, Body.tokens().with("access_token", "second")));

    try (Program program = Program.start(Busy.class, PROCESSORS + "=3", issuer)) {
      String printed = program.awaitEnd();

      assertThat(printed).contains("began WDJB-MJHT", "signed in first", "refreshed second");
    }
  }
}
