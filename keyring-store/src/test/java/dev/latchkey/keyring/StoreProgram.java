package dev.latchkey.keyring;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.Entra;
import dev.latchkey.PublicClient;
import dev.latchkey.TokenSource;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.store.StoredRecord;
import dev.latchkey.store.TokenStore;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.time.Duration;

/** What the tests start in processes of their own. It never closes its store. */
final class StoreProgram {

  private StoreProgram() {}

  /** Arguments: command, location, and what the command needs. */
  public static void main(String[] args) throws Exception {
    String location = args[1];
    switch (args[0]) {
      case "forget" -> forgetToClose(location);
      case "create" -> create(location);
      case "lease" -> lease(location);
      case "tokens" -> tokens(location, args[2], args[3]);
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  /** Uses the store, or fails to open it, and returns from main. */
  private static void forgetToClose(String location) {
    System.out.println(KeyringTokenStore.class.getModule());
    try {
      TokenStore store = RealOpener.builder(location).open();
      StoredRecord record = store.read("account");
      System.out.println("read " + (record == null ? "nothing" : "something"));
    } catch (TokenStoreFailure e) {
      System.out.println("failed " + e.problem());
    }
    System.out.println("main returns " + System.currentTimeMillis());
  }

  /** The first record of a service that nobody has used, a new one each round. */
  private static void create(String location) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    System.out.println("ready");
    for (String round = in.readLine(); round != null; round = in.readLine()) {
      if (round.equals("end")) {
        return;
      }
      try (TokenStore store = new RealOpener().open(location + "-" + round)) {
        String version = store.write("account", "content", null);
        System.out.println(round + (version == null ? " lost" : " won"));
      }
      System.out.println("done");
    }
  }

  /** Takes the lease, where the lock files are by default, and keeps it until the end. */
  private static void lease(String location) throws Exception {
    TokenStore store = new RealOpener().open(location);
    try (TokenStore.Lease lease = store.lease("account", Duration.ZERO)) {
      System.out.println("held " + lease);
      System.out.println("done");
      System.in.read();
    } catch (TokenStoreFailure e) {
      System.out.println("failed " + e.problem());
    }
  }

  private static void tokens(String location, String server, String clientId) throws Exception {
    PublicClient client =
        PublicClient.builder()
            .authorizationServer(Entra.common().authorityHost(URI.create(server)))
            .clientId(clientId)
            .scopes("User.Read")
            .tokenStore(new RealOpener().open(location))
            .build();
    TokenSource tokens = client.tokens(client.accounts().get(0));
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    System.out.println("ready");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.equals("end")) {
        System.exit(0);
      }
      System.out.println("token " + tokens.get().value().hashCode());
      System.out.println("done");
    }
  }
}
