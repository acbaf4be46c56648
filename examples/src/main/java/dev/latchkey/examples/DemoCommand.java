package dev.latchkey.examples;

import com.google.gson.JsonObject;
import dev.latchkey.DeviceAuthorization;
import dev.latchkey.examples.demo.Demo;
import dev.latchkey.examples.demo.Narrator;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    description =
        "Tells the whole story on a server of its own: nothing to register, no network needed.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DemoCommand extends ShellCommand {

  @Option(
      names = "--auto",
      fallbackValue = "true",
      description = "Play the person at the browser, too.")
  private boolean auto;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "Where the server listens on loopback; any free port if left out.")
  private int port;

  @Option(
      names = "--serve",
      fallbackValue = "true",
      description = "Only keep the servers up, for the other commands, until Ctrl-C.")
  private boolean serve;

  DemoCommand(Shell shell) {
    super(shell);
  }

  @Override
  int run(Output output) {
    if (port < 0 || port > 65_535) {
      throw wrongUsage("--port must be 0 to 65535");
    }
    try {
      Demo demo = new Demo(new Telling(output));
      if (serve) {
        demo.serve(port);
      } else {
        demo.run(port, auto);
      }
    } catch (InterruptedException e) {
      throw new CancellationException("no longer served");
    } catch (UncheckedIOException e) {
      if (port == 0) {
        throw e;
      }
      throw wrongUsage("Port " + port + " cannot be used; it may be taken");
    }
    if (!output.isJson()) {
      shell.out().println("\nAll of it was checked while it was told.");
    }
    return DONE;
  }

  /** The narrator at the terminal. */
  private final class Telling implements Narrator {

    private final Output output;
    private int number;

    Telling(Output output) {
      this.output = output;
    }

    @Override
    public void opened(URI server) {
      if (!output.isJson()) {
        shell
            .out()
            .println("An authorization server runs at " + server + ", for as long as this takes.");
      }
    }

    @Override
    public void serving(URI server, URI graph, String clientId, String... scopes) {
      JsonObject event = Events.event("serving");
      event.addProperty("authority_host", server.toString());
      event.addProperty("graph_url", graph.toString());
      event.addProperty("client_id", clientId);
      event.add("scopes", Events.array(List.of(scopes)));
      output.result(
          event,
          "An authorization server and a Graph are up until Ctrl-C. For another terminal:\n"
              + "\n  export LATCHKEY_ENTRA=common"
              + ("\n  export LATCHKEY_AUTHORITY_HOST=" + server)
              + ("\n  export LATCHKEY_GRAPH_URL=" + graph)
              + ("\n  export LATCHKEY_CLIENT_ID=" + clientId)
              + ("\n  export LATCHKEY_SCOPE=\"" + String.join(" ", scopes) + "\""));
    }

    @Override
    public void step(String name, boolean ok, String text) {
      JsonObject event = Events.event("step");
      event.addProperty("name", name);
      event.addProperty("ok", ok);
      event.addProperty("text", text);
      output.result(event, heading(name, ok) + wrapped(text));
    }

    private String heading(String name, boolean ok) {
      number++;
      return "\n" + number + ". " + name.replace('_', ' ') + (ok ? "" : ": FAILED");
    }

    @Override
    public void ask(DeviceAuthorization shown) {
      output.event(Events.deviceAuthorization(shown));
      output.tell("\nNow it is your turn.\n");
      new Prompt(output).show(shown);
      new Browser(shell.variables()).open(Prompt.address(shown));
    }
  }

  private static String wrapped(String text) {
    StringBuilder lines = new StringBuilder();
    int column = 100;
    for (String word : text.split(" ", -1)) {
      if (column + 1 + word.length() > 80) {
        lines.append("\n  ");
        column = 2;
      }
      lines.append(' ').append(word);
      column += 1 + word.length();
    }
    return lines.toString();
  }
}
