package dev.latchkey.examples;

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
    versionProvider = Latchkey.Version.class)
public final class Latchkey implements Runnable {
  @Spec private CommandSpec spec;

  /** Runs the command line and exits with its status. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Latchkey()).execute(args));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say a command.");
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Latchkey.class.getPackage().getImplementationVersion();
      return new String[] {"latchkey " + (version == null ? "(unpackaged)" : version)};
    }
  }
}
