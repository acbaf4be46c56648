package dev.latchkey.examples.cli;

import dev.latchkey.examples.cli.command.ArgumentEncoding;
import dev.latchkey.examples.cli.command.ErrorReporter;
import dev.latchkey.examples.cli.command.OptionDefaults;
import dev.latchkey.examples.cli.command.ShellCommand;
import dev.latchkey.examples.cli.graph.GraphCommand;
import dev.latchkey.examples.cli.help.CompletionCommand;
import dev.latchkey.examples.cli.help.HelpCommand;
import dev.latchkey.examples.cli.help.UsageText;
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
    footer = {
      "",
      "'latchkey help COMMAND' shows the options of a command. Each option may also be given as"
          + " an environment variable, LATCHKEY_CLIENT_ID for --client-id, or in a profile of"
          + " ~/.config/latchkey/config."
    })
public final class Latchkey implements Runnable {

  @Spec private CommandSpec spec;

  /** Runs the command line and exits with its status. */
  public static void main(String[] args) {
    allowProxyPasswords();
    Interrupts interrupts = Interrupts.ofThisProcess();
    int status = run(Shell.ofThisProcess(interrupts), args);
    interrupts.finished();
    System.exit(status);
  }

  /**
   * The JDK sends no password to a proxy in front of https by default. It reads this property once,
   * before the first request.
   */
  private static void allowProxyPasswords() {
    String property = "jdk.http.auth.tunneling.disabledSchemes";
    if (System.getProperty(property) == null) {
      System.setProperty(property, "");
    }
  }

  /** Runs one command line; returns its exit status and leaves the process alone. */
  public static int run(Shell shell, String... args) {
    CommandLine commandLine = commands(shell);
    OptionDefaults defaults =
        OptionDefaults.of(shell.variables(), commandLine.getCommandSpec(), args);
    ErrorReporter errors = new ErrorReporter(shell, defaults);
    UsageText.install(commandLine, shell.terminal().columns());
    commandLine
        .setDefaultValueProvider(defaults)
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

  /** All commands, with nothing set up yet. */
  static CommandLine commands(Shell shell) {
    return new CommandLine(new Latchkey())
        .addSubcommand(new SignInCommand(shell))
        .addSubcommand(AccountsCommand.with(shell))
        .addSubcommand(new TokenCommand(shell))
        .addSubcommand(new StatusCommand(shell))
        .addSubcommand(new UnlockCommand(shell))
        .addSubcommand(new SignOutCommand(shell))
        .addSubcommand(GraphCommand.with(shell).addSubcommand(MailCommand.with(shell)))
        .addSubcommand(new DemoCommand(shell))
        .addSubcommand(new DesktopCommand(shell))
        .addSubcommand(new CompletionCommand(shell))
        .addSubcommand(new HelpCommand(shell));
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
