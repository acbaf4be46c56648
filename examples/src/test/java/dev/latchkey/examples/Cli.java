package dev.latchkey.examples;

import dev.latchkey.testkit.FakeAuthorizationServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The command line, run in this process, with a fake server and an encrypted file store. */
final class Cli implements AutoCloseable {

  static final String ADELE = "adele@contoso.example";
  static final String BRUNO = "bruno@contoso.example";
  static final String CHANDRA = "chandra@fabrikam.example";

  final FakeAuthorizationServer server =
      FakeAuthorizationServer.builder()
          .interval(Duration.ofSeconds(1))
          .revocationEndpoint(true)
          .start();

  /** The environment variables; enough for every command to need no option. */
  final Map<String, String> variables = new ConcurrentHashMap<>();

  private Cli(Path store) {
    variables.put("LATCHKEY_ENTRA", "common");
    variables.put("LATCHKEY_AUTHORITY_HOST", server.baseUrl().toString());
    variables.put("LATCHKEY_CLIENT_ID", "1950a258-227b-4e31-a9cf-717495945fc2");
    variables.put("LATCHKEY_STORE", "file:" + store);
    variables.put("LATCHKEY_FILE_KEY", Base64.getEncoder().encodeToString(new byte[32]));
  }

  static Cli start(Path directory) {
    return new Cli(directory.resolve("store"));
  }

  /** From now on the server is one that is discovered, and revokes. */
  void discover() {
    variables.remove("LATCHKEY_ENTRA");
    variables.remove("LATCHKEY_AUTHORITY_HOST");
    variables.put("LATCHKEY_ISSUER", server.baseUrl() + "/common/v2.0");
  }

  Result run(String... args) throws Exception {
    return begin(args).finish();
  }

  /** Signs somebody in, who approves at once. */
  Result signIn(String username, String... args) throws Exception {
    server.approveNext(username);
    String[] all = new String[args.length + 2];
    all[0] = "sign-in";
    all[1] = "--json";
    System.arraycopy(args, 0, all, 2, args.length);
    return run(all).succeeded();
  }

  Running begin(String... args) {
    return new Running(variables, Integer.MAX_VALUE, false, args);
  }

  /** With somebody who watches standard error on a terminal. */
  Result runWithTerminal(String... args) throws Exception {
    return new Running(variables, Integer.MAX_VALUE, true, args).finish();
  }

  /** With a standard output that has room for so many bytes and no more, as a full disk has. */
  Result runWithRoomFor(int bytes, String... args) throws Exception {
    return new Running(variables, bytes, false, args).finish();
  }

  @Override
  public void close() {
    server.close();
  }

  /** A command line that is under way. */
  static final class Running {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Interrupts interrupts = new Interrupts();
    private final CompletableFuture<Integer> status = new CompletableFuture<>();

    private Running(Map<String, String> variables, int room, boolean hasTerminal, String... args) {
      Shell shell =
          new Shell(
              Map.copyOf(variables),
              new PrintStream(limited(out, room), true, StandardCharsets.UTF_8),
              new PrintStream(err, true, StandardCharsets.UTF_8),
              StandardCharsets.UTF_8,
              hasTerminal,
              interrupts);
      Thread thread =
          new Thread(
              () -> {
                try {
                  status.complete(Latchkey.run(shell, args));
                } catch (Throwable e) {
                  status.completeExceptionally(e);
                } finally {
                  interrupts.finished();
                }
              });
      thread.setDaemon(true);
      thread.start();
    }

    private static OutputStream limited(OutputStream target, int room) {
      return new OutputStream() {

        private int left = room;

        @Override
        public void write(int octet) throws IOException {
          if (left-- <= 0) {
            throw new IOException("No space left on device");
          }
          target.write(octet);
        }
      };
    }

    String out() {
      return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
      return err.toString(StandardCharsets.UTF_8);
    }

    /** What Ctrl-C does. */
    void interrupt() {
      interrupts.interrupt();
    }

    Result finish() throws InterruptedException, ExecutionException, TimeoutException {
      return new Result(status.get(50, TimeUnit.SECONDS), out(), err());
    }
  }
}
