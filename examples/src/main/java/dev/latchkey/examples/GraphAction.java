package dev.latchkey.examples;

import dev.latchkey.PublicClient;
import dev.latchkey.graph.GraphClient;
import dev.latchkey.store.TokenStore;

/** A command that calls Graph as one of the accounts. */
abstract class GraphAction extends ClientCommand {

  GraphAction(Shell shell) {
    super(shell);
  }

  @Override
  final int run(PublicClient client, TokenStore store, Output output) {
    run(options.graph(tokens(client, chosenAccount(client))), output);
    return DONE;
  }

  abstract void run(GraphClient graph, Output output);
}
