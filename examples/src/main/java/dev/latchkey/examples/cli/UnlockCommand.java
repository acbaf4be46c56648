package dev.latchkey.examples.cli;

import com.google.gson.JsonObject;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.examples.cli.command.ClientOptions;
import dev.latchkey.examples.cli.command.ShellCommand;
import dev.latchkey.examples.cli.output.JsonEvents;
import dev.latchkey.examples.cli.output.Output;
import dev.latchkey.examples.cli.terminal.Shell;
import dev.latchkey.keyring.KeyringTokenStore;
import dev.latchkey.store.TokenStore;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "unlock",
    description = "Unlocks the keyring, with its own dialog where it has one. Ctrl-C cancels.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class UnlockCommand extends ShellCommand {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Mixin private ClientOptions options;

  UnlockCommand(Shell shell) {
    super(shell);
  }

  @Override
  protected int run(Output output) {
    try (TokenStore store = options.openStore(shell)) {
      if (store instanceof KeyringTokenStore keyring) {
        unlock(keyring, output);
        requireOpenToTheNextCommand(keyring);
      }
      JsonObject event = JsonEvents.event("unlocked");
      event.addProperty("store", store.description());
      output.result(event, "Unlocked " + store.description() + ".");
      return DONE;
    }
  }

  private void unlock(KeyringTokenStore keyring, Output output) {
    if (keyring.isLocked()) {
      output.tell("Answer the keyring's dialog.");
    }
    try {
      keyring.unlock(PATIENCE);
    } catch (TokenStoreFailure e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("Ctrl-C");
      }
      throw e;
    }
  }

  /** KeePassXC grants access to a connection; the next command will have another one. */
  private static void requireOpenToTheNextCommand(KeyringTokenStore keyring) {
    keyring.close();
    if (keyring.isLocked()) {
      for (String key : keyring.keys()) {
        var unused = keyring.read(key);
      }
    }
  }
}
