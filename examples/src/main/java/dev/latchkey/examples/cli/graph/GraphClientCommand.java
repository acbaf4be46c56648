package dev.latchkey.examples.cli.graph;

import dev.latchkey.Account;
import dev.latchkey.PublicClient;
import dev.latchkey.examples.cli.command.ClientCommand;
import dev.latchkey.examples.cli.output.CommandException;
import dev.latchkey.examples.cli.output.GraphCommandErrors;
import dev.latchkey.examples.cli.output.Output;
import dev.latchkey.examples.cli.terminal.Shell;
import dev.latchkey.graph.GraphClient;
import dev.latchkey.graph.error.Forbidden;
import dev.latchkey.graph.error.NotFound;
import dev.latchkey.store.TokenStore;

/** A command that calls Graph as one of the accounts. */
public abstract class GraphClientCommand extends ClientCommand {

  protected GraphClientCommand(Shell shell) {
    super(shell);
  }

  @Override
  protected final int run(PublicClient client, TokenStore store, Output output) {
    Account account = chosenAccount(client);
    GraphClient graph = options.graph(tokens(client, account), shell);
    try {
      run(graph, output);
    } catch (NotFound e) {
      throw new CommandException(GraphCommandErrors.of(e, whereToLook()), e);
    } catch (Forbidden e) {
      throw new CommandException(GraphCommandErrors.ofAccount(e, account.id()), e);
    } catch (IllegalArgumentException e) { // an invalid path or id
      throw wrongUsage(String.valueOf(e.getMessage()));
    }
    return DONE;
  }

  /** A token of another API, which the account signed in for last, is none of Graph's business. */
  @Override
  protected final boolean isForCommand(String scope) {
    return options.isForGraph(scope);
  }

  protected abstract void run(GraphClient graph, Output output);

  /** The remedy if something was not found: how to list what exists. */
  protected String whereToLook() {
    return "Check that --graph-url and --cloud match the account.";
  }
}
