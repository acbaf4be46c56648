package dev.latchkey.examples.cli.output;

import dev.latchkey.BrowserSignIn;
import dev.latchkey.DeviceAuthorization;
import dev.latchkey.examples.cli.terminal.QrCode;
import java.net.URI;

/** Asks the person to sign in with the browser. */
public final class SignInPrompt {

  private final Output output;

  public SignInPrompt(Output output) {
    this.output = output;
  }

  public void show(DeviceAuthorization shown) {
    String address = shown.verificationUri().toString();
    String message = shown.message();
    if (message != null) {
      output.tellWithCode(message, shown.userCode());
    }
    if (message == null || !message.contains(address) || !message.contains(shown.userCode())) {
      output.tell("To sign in, open  " + address);
      output.tellWithCode("and enter         " + shown.userCode(), shown.userCode());
    }
    // RFC 8628 §5.4: who starts a sign-in elsewhere may ask this person to enter its code.
    output.tell(
        "The code is for the sign-in on this screen only. Pass it on to nobody, and enter no code"
            + " that somebody sent you.");
    if (output.showsBlocks()) {
      output.tell("");
      output.tellPicture(QrCode.of(address(shown).toString()).lines().toList());
    }
    output.tell(
        "This command waits until you have signed in; the code expires in "
            + time(shown.expiresIn().toSeconds())
            + ". Ctrl-C cancels.");
  }

  public void show(BrowserSignIn signIn) {
    output.tell("To sign in, open this page with the browser on this computer:");
    output.tell(signIn.uri().toString());
    output.tell(
        "This command waits until you have signed in, for "
            + time(signIn.expiresIn().toSeconds())
            + " at most. Ctrl-C cancels.");
  }

  /** Said after a while: the person may see on the page what the server does not tell us. */
  public void offerBrowser() {
    output.tell(
        "Does the page say that access is blocked? Then press Ctrl-C and run 'latchkey sign-in"
            + " --browser', which needs no code.");
  }

  /** Said where there is no browser to open. */
  public void offerCode() {
    output.tell(
        "No browser was opened. If yours is on another computer, press Ctrl-C and run 'latchkey"
            + " sign-in' without --browser.");
  }

  /** The address to open: the one that contains the code, if the server offers one. */
  public static URI address(DeviceAuthorization shown) {
    URI complete = shown.verificationUriComplete();
    return complete == null ? shown.verificationUri() : complete;
  }

  private static String time(long seconds) {
    return seconds < 120 ? seconds + " seconds" : seconds / 60 + " minutes";
  }
}
