package dev.latchkey.swing;

import dev.latchkey.swing.internal.flow.Ticker;
import javax.swing.Timer;
import org.jspecify.annotations.Nullable;

/** A timer of Swing. */
final class SwingTicker implements Ticker {

  private static final int SECOND = 1_000;

  private @Nullable Timer timer;

  @Override
  public void start(Runnable tick) {
    timer = new Timer(SECOND, e -> tick.run());
    timer.start();
  }

  @Override
  public void stop() {
    if (timer != null) {
      timer.stop();
    }
  }
}
