package dev.latchkey.swing.internal.state;

import dev.latchkey.DeviceAuthorization;
import dev.latchkey.SignInProgress;
import dev.latchkey.SignInResult;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the dialog shows: one value says all of it. */
public sealed interface Phase {

  /**
   * The server is asked for a code, or the sign-in in the browser is prepared.
   *
   * @param attempts how many attempts failed before this one for want of a connection
   */
  record Beginning(Way way, int attempts) implements Phase {}

  /**
   * The server could not be reached; the dialog asks again by itself.
   *
   * @param attempts how many attempts have failed
   * @param pause between the failure and the next attempt
   * @param left of the pause
   */
  record Retrying(Way way, int attempts, Problem problem, Duration pause, Duration left)
      implements Phase {}

  /**
   * The person has a code to enter.
   *
   * @param progress what the last poll brought; null before the first one
   * @param left until the code expires
   * @param opened whether the browser was opened; null if nobody has tried
   * @param offersBrowser whether the browser on this computer is offered instead
   */
  record Code(
      DeviceAuthorization shown,
      @Nullable SignInProgress progress,
      Duration left,
      @Nullable Boolean opened,
      boolean offersBrowser)
      implements Phase {

    /** The address to open: the one that contains the code, if the server offers one. */
    public URI address() {
      URI complete = shown.verificationUriComplete();
      return complete == null ? shown.verificationUri() : complete;
    }

    /** Leaves out the codes. */
    @Override
    public String toString() {
      return "Code[left=" + left + ", progress=" + progress + "]";
    }
  }

  /**
   * The person signs in with the browser on this computer.
   *
   * @param opened whether the browser was opened; null as long as that is unknown
   */
  record Browser(URI page, Duration expiresIn, Duration left, @Nullable Boolean opened)
      implements Phase {

    /** Leaves out the page, which is for one person only. */
    @Override
    public String toString() {
      return "Browser[left=" + left + ", opened=" + opened + "]";
    }
  }

  /** The person answers the dialog of the keyring. */
  record Unlocking(Way way) implements Phase {}

  /** Nothing goes on until the person chooses. */
  record Stopped(Way way, Problem problem) implements Phase {}

  /** The person is signed in and should know something about it. */
  record SignedIn(SignInResult result, List<Note> notes) implements Phase {}

  /**
   * The dialog is closed.
   *
   * @param result of the sign-in; null if it failed
   * @param failure why it failed; null if it did not
   */
  record Closed(@Nullable SignInResult result, @Nullable Throwable failure) implements Phase {}
}
