package dev.latchkey.examples.desktop.state;

import org.jspecify.annotations.Nullable;

/**
 * An upload or a download.
 *
 * @param name the file's name
 * @param done bytes so far
 * @param total bytes in all; 0 as long as that is unknown
 * @param problem why it failed; null unless it did
 */
public record Transfer(
    int id,
    Direction direction,
    String name,
    long done,
    long total,
    Stage stage,
    @Nullable String problem) {

  /** Where the bytes go. */
  public enum Direction {
    UPLOAD,
    DOWNLOAD
  }

  /** How far it has come. */
  public enum Stage {
    RUNNING,
    DONE,
    CANCELLED,
    FAILED
  }

  private static final int ALL = 100;

  public static Transfer of(int id, Direction direction, String name) {
    return new Transfer(id, direction, name, 0, 0, Stage.RUNNING, null);
  }

  public boolean isRunning() {
    return stage == Stage.RUNNING;
  }

  /** How much of it is done, from 0 to 100. */
  public int percent() {
    if (stage == Stage.DONE) {
      return ALL;
    }
    return total <= 0 ? 0 : (int) Math.min(ALL, done * ALL / total);
  }

  Transfer at(long bytes, long of) {
    return new Transfer(id, direction, name, bytes, of, stage, problem);
  }

  Transfer ended(Stage end, @Nullable String why) {
    return new Transfer(id, direction, name, done, total, end, why);
  }
}
