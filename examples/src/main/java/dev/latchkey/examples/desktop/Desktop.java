package dev.latchkey.examples.desktop;

import dev.latchkey.Account;
import dev.latchkey.examples.desktop.view.FileChoice;
import dev.latchkey.examples.desktop.view.Theme;
import dev.latchkey.swing.SignInDialog;
import java.awt.AWTError;
import java.awt.EventQueue;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Shows the application. No signature here names a class of AWT or Swing: other commands load this
 * class's callers.
 */
public final class Desktop {

  /** How long the end waits for calls that were cancelled. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private Desktop() {}

  /** Whether windows can be shown. */
  public static boolean hasScreen() {
    try {
      return !GraphicsEnvironment.isHeadless()
          && GraphicsEnvironment.getLocalGraphicsEnvironment().getScreenDevices().length > 0;
    } catch (AWTError | LinkageError | HeadlessException e) {
      return false; // a display that does not answer, or a Java without windows
    }
  }

  /**
   * Shows the window until the person closes it. Blocks; an interrupt closes it.
   *
   * @param first the account to begin with; null for the first by name
   * @param textSize in percent, from 100 to 300
   */
  public static void run(Place place, @Nullable Account first, boolean dark, int textSize)
      throws InterruptedException {
    FutureTask<DesktopApp> opening =
        new FutureTask<>(
            () -> {
              DesktopApp made =
                  new DesktopApp(
                      place,
                      SignInDialog.of(place.client()),
                      FileChoice.dialogs(),
                      new Theme(dark, textSize));
              made.open(first);
              return made;
            });
    EventQueue.invokeLater(opening);
    try {
      var unused = opened(opening).awaitClosed(PATIENCE);
    } catch (InterruptedException e) {
      EventQueue.invokeLater(() -> close(opening));
      throw e;
    }
  }

  /** Runs after the opening, which is on the same thread. */
  private static void close(FutureTask<DesktopApp> opening) {
    try {
      opening.get().close();
    } catch (InterruptedException | ExecutionException e) {
      // there is no window
    }
  }

  private static DesktopApp opened(FutureTask<DesktopApp> opening) throws InterruptedException {
    try {
      return opening.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("The window could not be opened", e.getCause());
    }
  }
}
