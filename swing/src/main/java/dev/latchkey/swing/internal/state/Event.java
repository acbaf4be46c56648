package dev.latchkey.swing.internal.state;

import dev.latchkey.DeviceAuthorization;
import dev.latchkey.SignInProgress;
import dev.latchkey.SignInResult;
import java.net.URI;
import java.time.Duration;

/** What happens to a sign-in. */
public sealed interface Event {

  /** The server issued a code. */
  record CodeIssued(DeviceAuthorization shown) implements Event {}

  /** The sign-in in the browser waits for its answer. */
  record PagePrepared(URI page, Duration expiresIn) implements Event {}

  /** Somebody tried to open the browser. */
  record PageOpened(boolean started) implements Event {}

  /** A poll did not end the sign-in. */
  record Polled(SignInProgress progress) implements Event {}

  /**
   * Time has passed.
   *
   * @param since how much of it since the request for the code or the page, or since the phase
   *     began
   */
  record Ticked(Duration since) implements Event {}

  /** The attempt failed. */
  record Failed(Throwable failure) implements Event {}

  /** The token store was unlocked. */
  record Unlocked() implements Event {}

  /** The person signed in. */
  record Succeeded(SignInResult result) implements Event {}

  /** The person chose. */
  record Chose(Choice choice) implements Event {}
}
