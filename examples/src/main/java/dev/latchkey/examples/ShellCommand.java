package dev.latchkey.examples;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command: how it speaks is settled before it runs. */
abstract class ShellCommand implements Callable<Integer> {

  static final int DONE = 0;

  final Shell shell;

  @Spec CommandSpec spec;
  @Mixin OutputOptions outputOptions;

  ShellCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public final Integer call() {
    Logging.start(verbosity());
    shell.interrupts().cancelWith(Thread.currentThread()::interrupt);
    return run(new Output(shell, outputOptions.json()));
  }

  /** Does it; returns the exit status. */
  abstract int run(Output output);

  boolean showsStackTraces() {
    return verbosity() > 1;
  }

  ParameterException wrongUsage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private int verbosity() {
    return outputOptions.verbosity(shell.variables());
  }
}
