package dev.latchkey.examples.cli.help;

import dev.latchkey.examples.cli.output.LocalFileErrors;
import dev.latchkey.examples.cli.terminal.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "help",
    description = "Shows the help of a command.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class HelpCommand implements Callable<Integer> {

  private final Shell shell;

  @Spec private CommandSpec spec;

  @Option(
      names = "--man",
      paramLabel = "DIRECTORY",
      description =
          "Write the manual pages of the command and of those below it there instead, such as to"
              + " ~/.local/share/man/man1.")
  private @Nullable Path pages;

  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..*",
      description = "The command, such as sign-in or graph ls; all commands by default.")
  private List<String> words = List.of();

  public HelpCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    CommandLine command = CommandPath.find(CommandPath.root(spec.commandLine()), words);
    Path directory = pages;
    if (directory == null) {
      command.usage(shell.out());
    } else {
      LocalFileErrors.during("write manual pages to " + directory, () -> write(command, directory));
    }
    return 0;
  }

  private static void write(CommandLine command, Path directory) {
    ManualPage page = new ManualPage(command.getCommandSpec());
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve(page.fileName()), page.text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (CommandSpec each : new CommandDoc(command.getCommandSpec()).commands()) {
      write(each.commandLine(), directory);
    }
  }
}
