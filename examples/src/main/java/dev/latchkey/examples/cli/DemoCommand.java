package dev.latchkey.examples.cli;

import com.google.gson.JsonObject;
import dev.latchkey.DeviceAuthorization;
import dev.latchkey.examples.cli.command.ExclusiveOptions;
import dev.latchkey.examples.cli.command.ShellCommand;
import dev.latchkey.examples.cli.output.JsonEvents;
import dev.latchkey.examples.cli.output.Output;
import dev.latchkey.examples.cli.output.SignInPrompt;
import dev.latchkey.examples.cli.terminal.DesktopBrowser;
import dev.latchkey.examples.cli.terminal.Shell;
import dev.latchkey.examples.cli.terminal.Wrap;
import dev.latchkey.examples.demo.Demo;
import dev.latchkey.examples.demo.Narrator;
import dev.latchkey.examples.demo.RunningServers;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    description =
        "Shows the whole story on servers of its own: nothing to register, no network needed.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DemoCommand extends ShellCommand {

  @Option(
      names = "--auto",
      fallbackValue = "true",
      description = "Play the person at the browser as well.")
  private boolean auto;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "The loopback port to listen on; any free port by default.")
  private int port;

  @Option(
      names = "--serve",
      fallbackValue = "true",
      description =
          "Only keep the servers running, for the other commands, until Ctrl-C; excludes --auto.")
  private boolean serve;

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      description =
          "With --serve: where to create the store for the other commands' sessions; the"
              + " directory for temporary files by default.")
  private @Nullable Path directory;

  DemoCommand(Shell shell) {
    super(shell);
  }

  @Override
  protected int run(Output output) {
    if (port < 0 || port > 65_535) {
      throw wrongUsage("--port must be between 0 and 65535");
    }
    boolean serves =
        "--serve".equals(new ExclusiveOptions(spec, "--serve", "--auto").chosen(serve, auto));
    try {
      if (serves) {
        serve(output);
      } else {
        new Demo(new TerminalNarrator(output, null)).run(port, auto);
      }
    } catch (InterruptedException e) {
      throw new CancellationException("interrupted");
    } catch (UncheckedIOException e) {
      if (port == 0) {
        throw e;
      }
      throw wrongUsage("The demo cannot listen on port " + port + "; it may be in use");
    }
    if (!output.isJson()) {
      shell.out().println("\nEvery step was checked.");
    }
    return DONE;
  }

  private void serve(Output output) throws InterruptedException {
    try (DemoStore store = DemoStore.in(directory)) {
      new Demo(new TerminalNarrator(output, store)).serve(port);
    }
  }

  /** The narrator at the terminal. */
  private final class TerminalNarrator implements Narrator {

    private final Output output;
    private final @Nullable DemoStore store;
    private int number;

    TerminalNarrator(Output output, @Nullable DemoStore store) {
      this.output = output;
      this.store = store;
    }

    @Override
    public void opened(URI server) {
      if (!output.isJson()) {
        shell
            .out()
            .println("An authorization server is running at " + server + " until the demo ends.");
      }
    }

    @Override
    public void serving(RunningServers servers) {
      DemoStore sessions = Objects.requireNonNull(store);
      RunningServersText text = new RunningServersText(servers, sessions);
      output.result(text.event(), text.text().split("\n", -1));
      output.check("Run the command again where its output can be written.");
    }

    @Override
    public void step(String name, boolean ok, String text) {
      JsonObject event = JsonEvents.event("step");
      event.addProperty("name", name);
      event.addProperty("ok", ok);
      event.addProperty("text", text);
      output.result(event, lines(name, ok, text));
    }

    private String[] lines(String name, boolean ok, String text) {
      number++;
      List<String> lines = new ArrayList<>();
      lines.add("");
      lines.add(number + ". " + name.replace('_', ' ') + (ok ? "" : ": FAILED"));
      lines.addAll(Wrap.lines("   " + text, Math.min(80, output.columns()), "   "));
      return lines.toArray(new String[0]);
    }

    @Override
    public void ask(DeviceAuthorization shown) {
      output.event(JsonEvents.deviceAuthorization(shown));
      output.tell("", "Now it is your turn.", "");
      new SignInPrompt(output).show(shown);
      new DesktopBrowser(shell.variables()).open(SignInPrompt.address(shown));
    }
  }
}
