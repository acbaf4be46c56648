package dev.latchkey.interop.contract;

import dev.latchkey.AuthorizationServer;
import dev.latchkey.PublicClient;
import dev.latchkey.TokenSource;
import dev.latchkey.interop.fixture.TiedProcess;
import dev.latchkey.interop.fixture.Workspace;
import dev.latchkey.store.EncryptedFileTokenStore;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A process that asks for a token from 64 threads on a signal, and prints the token's hash. */
public final class TokenProcess {

  public static final byte[] KEY =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private static final int THREADS = 64;

  private TokenProcess() {}

  public static String encodedKey() {
    return Base64.getEncoder().encodeToString(KEY);
  }

  public static TiedProcess start(RealServer server, Path store, Path go) {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            TokenProcess.class.getName(),
            server.issuer().toString(),
            server.clientId(),
            store.toString(),
            go.toString());
    return TiedProcess.start("token-process", Workspace.target(), Map.of(), command);
  }

  public static void main(String[] args) throws Exception {
    PublicClient client =
        PublicClient.builder()
            .authorizationServer(AuthorizationServer.discover(URI.create(args[0])))
            .clientId(args[1])
            .tokenStore(EncryptedFileTokenStore.open(Path.of(args[2]), KEY.clone()))
            .build();
    TokenSource tokens = client.tokens(client.accounts().get(0));
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    System.out.println("ready");
    while (!Files.exists(Path.of(args[3]))) {
      Thread.sleep(20);
    }
    List<Future<String>> answers = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      answers.add(threads.submit(() -> tokens.get().value()));
    }
    Set<String> values = new HashSet<>();
    for (Future<String> answer : answers) {
      values.add(answer.get());
    }
    threads.shutdown();
    if (values.size() != 1) {
      throw new IllegalStateException(values.size() + " tokens in one process");
    }
    System.out.println("token " + hash(values.iterator().next()) + " for " + THREADS + " threads");
  }

  private static String hash(String token) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest, 0, 8);
  }
}
