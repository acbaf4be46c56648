package dev.latchkey.examples.cli.output;

import dev.latchkey.DeviceAuthorization;
import dev.latchkey.examples.cli.terminal.QrCode;
import java.net.URI;

/** Asks the person to go to the browser. */
public final class SignInPrompt {

  private final Output output;

  public SignInPrompt(Output output) {
    this.output = output;
  }

  public void show(DeviceAuthorization shown) {
    String address = shown.verificationUri().toString();
    String message = shown.message();
    if (message != null) {
      output.tell(message);
    }
    if (message == null || !message.contains(address) || !message.contains(shown.userCode())) {
      output.tell("To sign in, open  " + address);
      output.tell("and enter         " + shown.userCode());
    }
    if (output.showsBlocks()) {
      output.tell("");
      output.tell(QrCode.of(address(shown).toString()));
    }
    output.tell(
        "Waiting; the code is good for "
            + time(shown.expiresIn().toSeconds())
            + ". Ctrl-C cancels.");
  }

  /** Where to send the person: with the code in the address, if the server offers that. */
  public static URI address(DeviceAuthorization shown) {
    URI complete = shown.verificationUriComplete();
    return complete == null ? shown.verificationUri() : complete;
  }

  private static String time(long seconds) {
    return seconds < 120 ? seconds + " seconds" : seconds / 60 + " minutes";
  }
}
