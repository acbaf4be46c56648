package dev.latchkey.examples.cli.command;

import dev.latchkey.examples.cli.output.CommandException;
import dev.latchkey.examples.cli.output.Output;
import dev.latchkey.examples.cli.terminal.Logging;
import dev.latchkey.examples.cli.terminal.Shell;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command. Its log and its output are set up before it runs. */
public abstract class ShellCommand implements Callable<Integer> {

  public static final int DONE = 0;

  protected final Shell shell;

  @Spec protected CommandSpec spec;
  @Mixin OutputOptions outputOptions;

  protected ShellCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public final Integer call() {
    CommandException problem = OptionDefaults.of(spec).problem();
    if (problem != null) {
      throw problem;
    }
    Logging.start(verbosity());
    shell.interrupts().cancelWith(Thread.currentThread()::interrupt);
    return run(new Output(shell, outputOptions.json()));
  }

  /** Runs the command; returns the exit status. */
  protected abstract int run(Output output);

  boolean showsStackTraces() {
    return verbosity() > 1;
  }

  protected ParameterException wrongUsage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private int verbosity() {
    return outputOptions.verbosity(OptionDefaults.of(spec).value("verbose"));
  }
}
