package dev.latchkey.examples.cli;

import com.google.gson.JsonObject;
import dev.latchkey.examples.cli.output.JsonEvents;
import dev.latchkey.examples.cli.output.Output;
import dev.latchkey.examples.cli.terminal.Shell;
import dev.latchkey.keyring.KeyringTokenStore;
import dev.latchkey.keyring.OrphanedEntries;
import java.io.Console;
import java.util.List;
import java.util.Locale;

/** {@code status --repair}: lists what leads to no session, and removes it if the person agrees. */
record KeyringRepair(KeyringTokenStore keyring, Shell shell, Output output) {

  /**
   * Repairs the keyring.
   *
   * @param yes whether the person agreed already; a script is not asked
   */
  void run(boolean yes) {
    List<OrphanedEntries> orphans = keyring.repair();
    if (orphans.isEmpty()) {
      output.tell("All entries in the keyring lead to sessions.");
      return;
    }
    boolean agreed = yes || isAgreed(orphans);
    for (OrphanedEntries orphan : orphans) {
      boolean removed = agreed && keyring.remove(orphan);
      output.result(
          event(orphan, removed),
          "orphan    "
              + orphan.name()
              + ", "
              + orphan.reason()
              + (removed ? ": removed" : ": not removed"));
    }
    if (!agreed) {
      output.tell("Nothing was removed. To remove them, run the same command with --yes.");
    }
  }

  private static JsonObject event(OrphanedEntries orphan, boolean removed) {
    JsonObject event = JsonEvents.event("orphan");
    event.addProperty("entry", orphan.name());
    event.addProperty("reason", orphan.reason());
    event.addProperty("removed", removed);
    return event;
  }

  @SuppressWarnings("SystemConsoleNull") // JDK 22 and later read standard input, which will do
  private boolean isAgreed(List<OrphanedEntries> orphans) {
    Console console = System.console();
    if (console == null || output.isJson() || !shell.terminal().err()) {
      return false;
    }
    for (OrphanedEntries orphan : orphans) {
      output.tell("The entry " + orphan.name() + " leads to no session: " + orphan.reason() + ".");
    }
    output.tell("Remove them and all that belongs to them? [y/N]");
    String answer = console.readLine();
    return answer != null && List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
  }
}
