package dev.latchkey.examples.cli.help;

import dev.latchkey.examples.cli.terminal.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    description = "Prints a script with which a shell completes commands and options.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "bash: add to ~/.bashrc a line: source <(latchkey completion bash)",
      "zsh: add to ~/.zshrc a line: source <(latchkey completion zsh)",
      "fish: latchkey completion fish > ~/.config/fish/completions/latchkey.fish"
    })
public final class CompletionCommand implements Callable<Integer> {

  private final Shell shell;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SHELL",
      completionCandidates = Shells.class,
      description = "bash, zsh or fish.")
  private String name;

  public CompletionCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    CommandLine root = CommandPath.root(spec.commandLine());
    String script =
        switch (name) {
          // One script for both: in zsh it starts bashcompinit by itself.
          case "bash", "zsh" -> new BashCompletion(root).script();
          case "fish" -> new FishCompletion(root).script();
          default ->
              throw new ParameterException(
                  spec.commandLine(), "SHELL must be bash, zsh or fish, not '" + name + "'");
        };
    shell.out().print(script);
    shell.out().flush();
    return 0;
  }

  static final class Shells extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Shells() {
      super(List.of("bash", "zsh", "fish"));
    }
  }
}
