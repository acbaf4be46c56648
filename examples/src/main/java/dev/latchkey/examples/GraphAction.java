package dev.latchkey.examples;

import dev.latchkey.PublicClient;
import dev.latchkey.graph.GraphClient;
import dev.latchkey.graph.error.NotFound;
import dev.latchkey.store.TokenStore;

/** A command that calls Graph as one of the accounts. */
abstract class GraphAction extends ClientCommand {

  GraphAction(Shell shell) {
    super(shell);
  }

  @Override
  final int run(PublicClient client, TokenStore store, Output output) {
    GraphClient graph = options.graph(tokens(client, chosenAccount(client)));
    try {
      run(graph, output);
    } catch (NotFound e) {
      throw new CommandFailure(GraphFailures.of(e, whereToLook()), e);
    } catch (IllegalArgumentException e) { // a path or an id that can be none
      throw wrongUsage(String.valueOf(e.getMessage()));
    }
    return DONE;
  }

  abstract void run(GraphClient graph, Output output);

  /** What to do if something was not found: how to see what there is. */
  abstract String whereToLook();
}
