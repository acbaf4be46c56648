package dev.latchkey;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What to show to the person who signs in. Safe to print to a terminal and to open in a browser:
 * control characters are removed, and both URIs are https, or, from a server on loopback, http on
 * loopback.
 *
 * <p>Say beside the code that it is for the sign-in on this screen only: somebody else may start a
 * sign-in and ask the person to enter its code (RFC 8628 §5.4).
 *
 * @param userCode the code that the person types
 * @param verificationUri where the person types it
 * @param verificationUriComplete the verification URI with the code in it, for a QR code or a
 *     browser; null if the server sent none, as Entra does
 * @param message the server's localised instruction; null if it sent none. {@link #instructions()}
 *     is never null
 * @param expiresIn how long the code is valid, counted from the request
 * @param interval how long this library waits between two polls at first
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8628#section-3.2">RFC 8628 §3.2</a>
 * @see SignIn
 */
public record DeviceAuthorization(
    String userCode,
    URI verificationUri,
    @Nullable URI verificationUriComplete,
    @Nullable String message,
    Duration expiresIn,
    Duration interval) {

  /**
   * What the person has to do, in one text: the server's own {@link #message()} if it sent one, as
   * Entra ID does in the person's language, and otherwise an English sentence with the address and
   * the code.
   *
   * @return the text; never null
   */
  public String instructions() {
    return message != null && !message.isBlank()
        ? message
        : "To sign in, open " + verificationUri + " and enter the code " + userCode + ".";
  }
}
