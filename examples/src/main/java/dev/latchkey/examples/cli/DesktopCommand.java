package dev.latchkey.examples.cli;

import dev.latchkey.Account;
import dev.latchkey.LoopbackRedirect;
import dev.latchkey.PublicClient;
import dev.latchkey.PublicClientBuilder;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.examples.cli.command.ClientOptions;
import dev.latchkey.examples.cli.command.ShellCommand;
import dev.latchkey.examples.cli.output.CommandError;
import dev.latchkey.examples.cli.output.CommandException;
import dev.latchkey.examples.cli.output.Output;
import dev.latchkey.examples.cli.terminal.Shell;
import dev.latchkey.examples.demo.DemoServers;
import dev.latchkey.examples.desktop.Desktop;
import dev.latchkey.examples.desktop.Place;
import dev.latchkey.keyring.KeyringTokenStore;
import dev.latchkey.store.TokenStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Names no class of AWT or Swing: the other commands would load it. */
@Command(
    name = "desktop",
    description =
        "Shows a desktop application with files, tasks, a channel and mail. Without a server and a"
            + " client it runs on servers of its own: nothing to register, no network needed.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DesktopCommand extends ShellCommand {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int SMALLEST = 100;
  private static final int LARGEST = 300;
  private static final LoopbackRedirect REDIRECT =
      LoopbackRedirect.DEFAULT.withPage(
          "latchkey",
          "You may close this page and return to the window.",
          "The sign-in was not completed. Return to the window.");

  @Option(
      names = "--theme",
      paramLabel = "NAME",
      defaultValue = "light",
      completionCandidates = Themes.class,
      description = "light (the default) or dark.")
  private String theme = "light";

  @Option(
      names = "--text-size",
      paramLabel = "PERCENT",
      defaultValue = "100",
      description = "The size of the text, from 100 (the default) to 300.")
  private int textSize = SMALLEST;

  @Mixin private ClientOptions options;

  DesktopCommand(Shell shell) {
    super(shell);
  }

  @Override
  protected int run(Output output) {
    boolean dark = isDark();
    if (textSize < SMALLEST || textSize > LARGEST) {
      throw wrongUsage("--text-size must be between " + SMALLEST + " and " + LARGEST);
    }
    PublicClientBuilder client = client();
    if (client == null && options.namesStore()) { // for the other commands, where it is not typed
      output.tell(
          "No server is named, so the window runs on servers of its own. Their sessions are kept in"
              + " memory, not in the store that the environment or the profile names.");
    }
    if (!Desktop.hasScreen()) {
      throw new CommandException(
          CommandError.wrongUsage(
              "There is no display for a window",
              "Run it in a desktop session, or set DISPLAY. 'latchkey demo' needs a terminal"
                  + " only."),
          null);
    }
    try {
      if (client != null) {
        onRealServers(client, dark);
      } else {
        try (DemoServers servers = new DemoServers(0)) {
          Desktop.run(Place.on(servers), null, dark, textSize);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
    return DONE;
  }

  private boolean isDark() {
    return switch (theme) {
      case "light" -> false;
      case "dark" -> true;
      default -> throw wrongUsage("--theme must be light or dark, not '" + theme + "'");
    };
  }

  /** Sessions of servers that are gone soon are kept nowhere. */
  private void requireNothingForAServer() {
    for (String option :
        List.of(
            "--cloud",
            "--authority-host",
            "--scope",
            "--exact-scope",
            "--profile",
            "--store",
            "--app",
            "--account",
            "--graph-url")) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw wrongUsage(option + " requires --entra or --issuer, and --client-id");
      }
    }
  }

  /** The client of a real server; null if no option names one. */
  private @Nullable PublicClientBuilder client() {
    if (!options.namesServerOrClient()) {
      requireNothingForAServer();
      return null;
    }
    PublicClientBuilder client = options.client(shell).loopbackRedirect(REDIRECT);
    return options.namesScopes()
        ? client
        : client.scopes(DemoServers.scopes().toArray(String[]::new));
  }

  private void onRealServers(PublicClientBuilder builder, boolean dark)
      throws InterruptedException {
    try (TokenStore store = options.openStore(shell)) {
      PublicClient client = builder.tokenStore(store).build();
      Runnable unlock =
          store instanceof KeyringTokenStore keyring ? () -> keyring.unlock(PATIENCE) : null;
      Place place = Place.of(client, tokens -> options.graph(tokens, shell), unlock);
      Desktop.run(place, first(client), dark, textSize);
      awaitStored(client);
    }
  }

  /** The process ends with the window, and so does a session that the store did not take. */
  private static void awaitStored(PublicClient client) {
    try {
      client.awaitStored();
    } catch (TokenStoreFailure e) {
      throw new CommandException(CommandError.notStored(e), e);
    }
  }

  /** The account that {@code --account} names; null if it names none. */
  private @Nullable Account first(PublicClient client) {
    String wanted = options.account();
    if (wanted == null) {
      return null;
    }
    return client.accounts().stream()
        .filter(each -> each.id().equals(wanted) || wanted.equalsIgnoreCase(each.username()))
        .findFirst()
        .orElseThrow(
            () ->
                wrongUsage(
                    wanted + " is not signed in; leave out --account to sign in in the window"));
  }

  /** The names of the themes, for the completion of a shell. */
  static final class Themes extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Themes() {
      super(List.of("light", "dark"));
    }
  }
}
