package dev.latchkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.store.EncryptedFileTokenStore;
import dev.latchkey.time.Time;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A program of its own that shares a file store with others, does what it is told on standard input
 * and says so on standard output. It closes nothing. Its time is {@link FakeTime}, moved by hand,
 * or the machine's own.
 */
final class ToldProgram {

  static final String FAKE_TIME = "fake";
  static final String REAL_TIME = "real";

  private final FakeTime time = new FakeTime();
  private final PublicClient client;
  private final TokenSource tokens;

  private ToldProgram(Path directory, String server, boolean realTime) {
    client =
        PublicClient.builder()
            .authorizationServer(
                AuthorizationServer.of(
                    null, URI.create(server + "/device"), URI.create(server + "/token"), null))
            .clientId(RefreshRun.CLIENT_ID)
            .scopes("User.Read")
            .tokenStore(EncryptedFileTokenStore.open(directory, new byte[32]))
            .time(realTime ? Time.system() : time)
            .build();
    tokens = client.tokens(RefreshRun.account());
  }

  public static void main(String[] arguments) throws IOException {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> say("exiting")));
    boolean realTime = arguments[2].equals(REAL_TIME);
    ToldProgram program = new ToldProgram(Path.of(arguments[0]), arguments[1], realTime);
    say("ready");
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    String line = in.readLine();
    while (line != null && !line.equals("return")) {
      program.obey(line.split(" ", -1));
      line = in.readLine();
    }
    say("returning");
  }

  private void obey(String[] command) {
    switch (command[0]) {
      case "advance" -> time.advance(Duration.ofSeconds(Long.parseLong(command[1])));
      case "get" -> say("got " + get(Integer.parseInt(command[1])));
      case "fetch" -> {
        var unused = Crowd.alone(tokens::get);
      }
      case "begin" -> say("began " + client.beginSignIn().deviceAuthorization().userCode());
      case "exit" -> System.exit(Integer.parseInt(command[1]));
      default -> throw new IllegalArgumentException(command[0]);
    }
  }

  /** What so many threads get. */
  private String get(int threads) {
    List<Object> all = new Crowd().add(threads, () -> tokens.get().value()).go();
    return all.stream().distinct().map(Object::toString).sorted().collect(Collectors.joining(","));
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
