package dev.latchkey.examples.cli;

import dev.latchkey.examples.cli.command.ArgumentEncoding;
import dev.latchkey.examples.cli.command.EnvironmentDefaults;
import dev.latchkey.examples.cli.command.ErrorReporter;
import dev.latchkey.examples.cli.command.ShellCommand;
import dev.latchkey.examples.cli.graph.GraphCommand;
import dev.latchkey.examples.cli.mail.MailCommand;
import dev.latchkey.examples.cli.terminal.Interrupts;
import dev.latchkey.examples.cli.terminal.Shell;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code latchkey} command line. */
@Command(
    name = "latchkey",
    description = "Signs you in with the device authorization grant and keeps you signed in.",
    mixinStandardHelpOptions = true,
    versionProvider = Latchkey.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "'latchkey COMMAND --help' shows the options of a command. Each option may also be given as"
          + " an environment variable: LATCHKEY_CLIENT_ID stands for --client-id."
    })
public final class Latchkey implements Runnable {

  @Spec private CommandSpec spec;

  /** Runs the command line and exits with its status. */
  public static void main(String[] args) {
    Interrupts interrupts = Interrupts.ofThisProcess();
    int status = run(Shell.ofThisProcess(interrupts), args);
    interrupts.finished();
    System.exit(status);
  }

  /** Runs one command line; returns its exit status and leaves the process alone. */
  public static int run(Shell shell, String... args) {
    CommandLine commandLine =
        new CommandLine(new Latchkey())
            .addSubcommand(new SignInCommand(shell))
            .addSubcommand(new AccountsCommand(shell))
            .addSubcommand(new TokenCommand(shell))
            .addSubcommand(new StatusCommand(shell))
            .addSubcommand(new SignOutCommand(shell))
            .addSubcommand(GraphCommand.with(shell).addSubcommand(MailCommand.with(shell)))
            .addSubcommand(new DemoCommand(shell));
    ErrorReporter errors = new ErrorReporter(shell);
    commandLine
        .setDefaultValueProvider(new EnvironmentDefaults(shell.variables()))
        .setExpandAtFiles(false) // a text may begin with @, and Java would read the file wrongly
        .setParameterExceptionHandler(errors::wrongUsage)
        .setExecutionExceptionHandler(errors::failed)
        .setOut(shell.outWriter())
        .setErr(shell.errWriter());
    String unreadable = new ArgumentEncoding(shell.variables()).problem(args);
    if (unreadable != null) {
      return errors.unreadable(unreadable, ArgumentEncoding.remedy(), args);
    }
    int status = commandLine.execute(args);
    return status == ShellCommand.DONE ? errors.done(status) : status;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command.");
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Latchkey.class.getPackage().getImplementationVersion();
      return new String[] {"latchkey " + (version == null ? "(unpackaged)" : version)};
    }
  }
}
