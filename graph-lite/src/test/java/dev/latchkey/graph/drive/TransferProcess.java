package dev.latchkey.graph.drive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.ScopeAudit;
import dev.latchkey.TokenSource;
import dev.latchkey.graph.GraphClient;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The main class of the processes that {@link SmallJvm} starts. */
final class TransferProcess {

  private TransferProcess() {}

  /** Arguments: base URL, command, and what the command needs; the token comes on the input. */
  public static void main(String[] arguments) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    Drive drive =
        GraphClient.builder(new OneToken(String.valueOf(in.readLine())))
            .baseUrl(URI.create(arguments[0]))
            .build()
            .drives()
            .mine();
    ItemRef ref = ItemRef.path(arguments[2]);
    switch (arguments[1]) {
      case "list" -> list(drive, ref);
      case "up" -> {
        for (int i = 4; i < arguments.length; i++) {
          int slice = Integer.parseInt(arguments[i]) * UploadOptions.SLICE_UNIT;
          drive.upload(
              Path.of(arguments[3]),
              ItemRef.path(arguments[2] + "-" + arguments[i]),
              UploadOptions.defaults().sliceSize(slice));
        }
        say("done");
      }
      case "resume-up" ->
          drive.upload(
              Path.of(arguments[3]),
              ref,
              UploadOptions.defaults()
                  .sliceSize(UploadOptions.SLICE_UNIT)
                  .checkpoint(Path.of(arguments[4]))
                  .progress((bytes, total) -> say(Long.toString(bytes))));
      case "down" ->
          drive.download(
              ref, Path.of(arguments[3]), (bytes, total) -> say(Long.toString(bytes >> 20)));
      default -> throw new IllegalArgumentException(arguments[1]);
    }
  }

  private static void list(Drive drive, ItemRef folder) {
    long count = 0;
    long size = 0;
    for (DriveItem item : drive.children(folder)) {
      count++;
      Long bytes = item.size();
      size += bytes == null ? 0 : bytes;
    }
    say(count + " items, " + (size > 0));
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  /** A token that lasts. */
  private record OneToken(String value) implements TokenSource {

    @Override
    public AccessToken get() {
      ScopeAudit scopes = new ScopeAudit(Set.of(), Set.of(), Set.of(), Set.of());
      return new AccessToken(value, "Bearer", Instant.MAX, scopes, AccessToken.Source.CACHE);
    }

    @Override
    public AccessToken getWithClaims(String claims) {
      return get();
    }

    @Override
    public AccessToken replace(AccessToken rejected, @Nullable String claims) {
      return get();
    }

    @Override
    public Account account() {
      return new Account("the-account", "https://issuer.example", null, null, null, null, null);
    }
  }
}
