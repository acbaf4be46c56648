package dev.latchkey.examples.cli;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.BrowserSignIn;
import dev.latchkey.DeviceAuthorization;
import dev.latchkey.PublicClient;
import dev.latchkey.SignIn;
import dev.latchkey.SignInOptions;
import dev.latchkey.SignInResult;
import dev.latchkey.examples.cli.command.ClientCommand;
import dev.latchkey.examples.cli.output.JsonEvents;
import dev.latchkey.examples.cli.output.Output;
import dev.latchkey.examples.cli.output.SignInPrompt;
import dev.latchkey.examples.cli.terminal.DesktopBrowser;
import dev.latchkey.examples.cli.terminal.Shell;
import dev.latchkey.store.TokenStore;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "sign-in",
    description =
        "Shows a code and waits until you have entered it in a browser, or signs in with the"
            + " browser on this computer (--browser). Ctrl-C cancels.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SignInCommand extends ClientCommand {

  @Option(
      names = "--claims",
      paramLabel = "JSON",
      description = "The claims of a challenge that the sign-in must satisfy.")
  private @Nullable String claims;

  @Option(names = "--no-browser", fallbackValue = "true", description = "Do not open the browser.")
  private boolean noBrowser;

  @Option(
      names = "--browser",
      fallbackValue = "true",
      description = {
        "Sign in with the browser on this computer instead of a code,",
        "for where a policy blocks codes."
      })
  private boolean browser;

  /** Often only the page says that a policy blocks the code, while the server says nothing. */
  @Option(
      names = "--offer-browser-after",
      hidden = true,
      paramLabel = "SECONDS",
      description = "How long to wait before --browser is suggested.")
  private int offerBrowserAfter = 30;

  @Option(
      names = "--mkt",
      paramLabel = "L",
      description = "The language of the server's message, such as de-DE.")
  private @Nullable String language;

  SignInCommand(Shell shell) {
    super(shell);
  }

  @Override
  protected int run(PublicClient client, TokenStore store, Output output) {
    store.keys(); // a locked store fails now, not after the person has been at the browser
    SignInOptions asked = signInOptions(client, output);
    SignInResult signedIn =
        browser
            ? inTheBrowser(client.beginBrowserSignIn(asked), output)
            : withACode(client.beginSignIn(asked), output);
    output.result(
        JsonEvents.signedIn(signedIn), "You are signed in as " + label(signedIn.account()) + ".");
    tellMore(signedIn, output);
    if (signedIn.storeFailure() != null) {
      throw signedIn.storeFailure(); // no later attempt to store it: this process ends here
    }
    return DONE;
  }

  private SignInResult withACode(SignIn signIn, Output output) {
    shell.interrupts().cancelWith(signIn::cancel);
    DeviceAuthorization shown = signIn.deviceAuthorization();
    output.event(JsonEvents.deviceAuthorization(shown));
    SignInPrompt prompt = new SignInPrompt(output);
    prompt.show(shown);
    if (!noBrowser) {
      new DesktopBrowser(shell.variables()).open(SignInPrompt.address(shown));
    }
    if (!output.isJson()) {
      CompletableFuture<SignInResult> result = signIn.result();
      CompletableFuture.delayedExecutor(offerBrowserAfter, TimeUnit.SECONDS)
          .execute(
              () -> {
                if (!result.isDone()) {
                  prompt.offerBrowser();
                }
              });
    }
    return signIn.await();
  }

  private SignInResult inTheBrowser(BrowserSignIn signIn, Output output) {
    shell.interrupts().cancelWith(signIn::cancel);
    output.event(JsonEvents.authorizationRequest(signIn));
    SignInPrompt prompt = new SignInPrompt(output);
    prompt.show(signIn);
    if (!noBrowser && !new DesktopBrowser(shell.variables()).open(signIn.uri())) {
      prompt.offerCode();
    }
    return signIn.await();
  }

  private SignInOptions signInOptions(PublicClient client, Output output) {
    Account expected = expectedAccount(client, claims != null);
    if (expected == null && options.account() != null && !output.isJson()) {
      output.tell(options.account() + " is not signed in yet; this sign-in adds an account.");
    }
    try {
      return SignInOptions.NONE
          .withAccountId(expected == null ? null : expected.id())
          .withLocale(locale())
          .withClaims(claims);
    } catch (IllegalArgumentException e) {
      throw wrongUsage("--claims must be a JSON object");
    }
  }

  private @Nullable Locale locale() {
    if (language == null) {
      return null;
    }
    Locale locale = Locale.forLanguageTag(language);
    if (locale.getLanguage().isEmpty()) {
      throw wrongUsage("--mkt must be a language such as de or de-DE, not '" + language + "'");
    }
    return locale;
  }

  private void tellMore(SignInResult signedIn, Output output) {
    Account account = signedIn.account();
    String wanted = options.account();
    if (wanted != null && !isNamed(account, wanted)) {
      output.tell("This is not the account " + wanted + ".");
    }
    if (signedIn.tenantSwitchedFrom() != null) {
      output.tell(
          "The tenant has changed; last time it was " + signedIn.tenantSwitchedFrom() + ".");
    }
    if (!signedIn.token().scopes().missing().isEmpty()) {
      output.tell(
          "The server did not grant these scopes: "
              + String.join(" ", signedIn.token().scopes().missing()));
    }
    if (!signedIn.canRefresh()) {
      output.tell(
          signedIn.token().expiresAt().equals(AccessToken.UNTIL_REFUSED)
              ? "The server issued no refresh token, and the token is good until it is refused."
              : "The server issued no refresh token; sign in again after "
                  + JsonEvents.instant(signedIn.token().expiresAt())
                  + ".");
    }
  }
}
