package dev.latchkey.examples.cli.graph;

import com.google.gson.JsonObject;
import dev.latchkey.examples.cli.output.JsonEvents;
import dev.latchkey.examples.cli.output.Output;
import dev.latchkey.examples.cli.terminal.Shell;
import dev.latchkey.graph.GraphClient;
import dev.latchkey.graph.User;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

@Command(
    name = "me",
    description = "Shows the signed-in person's profile in Graph.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class GraphMeCommand extends GraphClientCommand {

  GraphMeCommand(Shell shell) {
    super(shell);
  }

  @Override
  protected void run(GraphClient graph, Output output) {
    User me = graph.me();
    JsonObject event = JsonEvents.event("user");
    event.addProperty("id", me.id());
    event.addProperty("display_name", me.displayName());
    event.addProperty("mail", me.mail());
    event.addProperty("user_principal_name", me.userPrincipalName());
    event.addProperty("job_title", me.jobTitle());
    String[] lines =
        Stream.of(me.displayName(), me.jobTitle(), me.mail(), me.userPrincipalName(), me.id())
            .filter(Objects::nonNull)
            .distinct()
            .toArray(String[]::new);
    output.result(event, lines);
  }
}
