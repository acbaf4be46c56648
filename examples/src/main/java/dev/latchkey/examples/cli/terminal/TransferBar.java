package dev.latchkey.examples.cli.terminal;

import dev.latchkey.graph.drive.Progress;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows the progress of a transfer if standard error is a terminal. */
public final class TransferBar implements Progress, AutoCloseable {

  private static final long MEBIBYTE = 1 << 20;
  private static final int MAX_COLUMNS = 120;

  private final @Nullable ProgressBar bar;

  private TransferBar(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  public static TransferBar of(String what, Shell shell) {
    return new TransferBar(shell.terminal().err() ? bar(what, shell) : null);
  }

  private static ProgressBar bar(String what, Shell shell) {
    // One column less: a line that fills the last one makes some terminals begin another.
    int columns = Math.min(MAX_COLUMNS, shell.terminal().columns()) - 1;
    return new ProgressBarBuilder()
        .setTaskName(shortened(Printable.line(what), columns / 3))
        .setInitialMax(-1)
        .setConsumer(new ConsoleProgressBarConsumer(shell.err(), columns))
        .setUnit(" MiB", MEBIBYTE)
        .setStyle(
            shell.charset().newEncoder().canEncode("\u2588")
                ? ProgressBarStyle.COLORFUL_UNICODE_BLOCK
                : ProgressBarStyle.ASCII)
        .showSpeed()
        .build();
  }

  /** The name, or the beginning of a long one: the bar needs room, too. */
  private static String shortened(String name, int columns) {
    return name.codePointCount(0, name.length()) <= columns
        ? name
        : name.substring(0, name.offsetByCodePoints(0, columns - 1)) + "~";
  }

  @Override
  public void at(long bytes, long total) {
    if (bar != null) {
      bar.maxHint(total); // -1 means unknown there too
      bar.stepTo(bytes);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
