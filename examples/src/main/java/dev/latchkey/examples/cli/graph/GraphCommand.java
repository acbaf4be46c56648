package dev.latchkey.examples.cli.graph;

import dev.latchkey.examples.cli.terminal.Shell;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "graph",
    description = "Calls Microsoft Graph as the account that is signed in.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class GraphCommand implements Runnable {

  @Spec private CommandSpec spec;

  public static CommandLine with(Shell shell) {
    return new CommandLine(new GraphCommand())
        .addSubcommand(new GraphMeCommand(shell))
        .addSubcommand(new GraphLsCommand(shell))
        .addSubcommand(new GraphGetCommand(shell))
        .addSubcommand(new GraphPutCommand(shell))
        .addSubcommand(new GraphDeltaCommand(shell))
        .addSubcommand(new GraphSyncCommand(shell))
        .addSubcommand(new GraphPostCommand(shell))
        .addSubcommand(new GraphTasksCommand(shell))
        .addSubcommand(new GraphTaskDoneCommand(shell));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command.");
  }
}
