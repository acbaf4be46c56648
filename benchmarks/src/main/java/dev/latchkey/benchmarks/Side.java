package dev.latchkey.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One library in the hands of an application: what the programs ask of each. */
interface Side {

  /** The option of a program that keeps its sessions in the keyring of the operating system. */
  String IN_KEYRING = "-Dkeyring=true";

  static boolean isInKeyring() {
    return Boolean.getBoolean("keyring");
  }

  /** Begins a sign-in; the future completes when the person has approved it. */
  CompletableFuture<Session> signIn();

  /** Opens the sessions that an earlier process kept. */
  List<Session> sessions();

  /** Someone who is signed in. */
  interface Session {

    /** A token from memory, or refreshed. */
    String token();

    /** A new token, by a refresh, kept as this side keeps it. */
    String refresh();

    /**
     * A refresh that many threads begin at once, because the token that they all hold now is
     * rejected. Without it, a thread that comes late would reject the new token, too.
     */
    default Supplier<String> refreshOfHeldToken() {
      return this::refresh;
    }
  }

  /**
   * Opens a library by name.
   *
   * @param directory where sessions are kept; null for memory
   */
  static Side of(String name, Endpoints endpoints, @Nullable Path directory) {
    return switch (name) {
      case "latchkey" -> new LatchkeySide(endpoints, directory);
      case "msal4j" -> new MsalSide(endpoints, directory);
      case "azure-identity" -> new AzureSide(endpoints);
      case "bare" -> new BareSide(endpoints, Endpoints.SCOPE);
      default -> throw new IllegalArgumentException(name);
    };
  }
}
