package dev.latchkey.examples.cli;

import dev.latchkey.AccessToken;
import dev.latchkey.PublicClient;
import dev.latchkey.SignInOptions;
import dev.latchkey.TokenSource;
import dev.latchkey.examples.cli.command.ClientCommand;
import dev.latchkey.examples.cli.output.JsonEvents;
import dev.latchkey.examples.cli.output.Output;
import dev.latchkey.examples.cli.terminal.Shell;
import dev.latchkey.store.TokenStore;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "token",
    description = "Prints a usable access token.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class TokenCommand extends ClientCommand {

  @Option(
      names = "--refresh",
      fallbackValue = "true",
      description = "Fetch a new token even if the stored one is still good.")
  private boolean refresh;

  @Option(
      names = "--claims",
      paramLabel = "JSON",
      description = "Fetch a token that satisfies the claims of a challenge.")
  private @Nullable String claims;

  TokenCommand(Shell shell) {
    super(shell);
  }

  @Override
  protected int run(PublicClient client, TokenStore store, Output output) {
    checkClaims();
    AccessToken token = token(tokens(client, chosenAccount(client)));
    output.result(JsonEvents.token(token), token.value());
    return DONE;
  }

  private void checkClaims() {
    try {
      SignInOptions checked = SignInOptions.NONE.withClaims(claims);
      assert checked != null;
    } catch (IllegalArgumentException e) {
      throw wrongUsage("--claims must be a JSON object");
    }
  }

  private AccessToken token(TokenSource tokens) {
    if (claims != null) {
      return tokens.getWithClaims(claims);
    }
    AccessToken token = tokens.get();
    return refresh && token.source() == AccessToken.Source.CACHE
        ? tokens.replace(token, null)
        : token;
  }
}
