package dev.latchkey.examples.cli.help;

import dev.latchkey.examples.cli.command.Suggestions;
import java.util.List;
import picocli.CommandLine;

/** Finds a command by its words, such as {@code graph ls}. */
final class CommandPath {

  private CommandPath() {}

  static CommandLine root(CommandLine any) {
    CommandLine parent = any.getParent();
    return parent == null ? any : root(parent);
  }

  /**
   * Finds a command.
   *
   * @throws CommandLine.ParameterException if there is none, with what was probably meant
   */
  static CommandLine find(CommandLine root, List<String> words) {
    CommandLine at = root;
    for (String word : words) {
      CommandLine next = at.getSubcommands().get(word);
      if (next == null) {
        throw Suggestions.noCommand(at, word);
      }
      at = next;
    }
    return at;
  }
}
