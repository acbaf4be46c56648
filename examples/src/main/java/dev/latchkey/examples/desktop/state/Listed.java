package dev.latchkey.examples.desktop.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list that a server has.
 *
 * @param items the items as they were read last
 * @param problem why they could not be read; null unless that failed
 */
public record Listed<T>(List<T> items, Stage stage, @Nullable String problem) {

  /** How far reading it has come. */
  public enum Stage {
    NOT_ASKED,
    LOADING,
    READY,
    FAILED
  }

  /** Copies the list. */
  public Listed {
    items = List.copyOf(items);
  }

  /** A list that nobody has asked for. */
  public static <T> Listed<T> notAsked() {
    return new Listed<>(List.of(), Stage.NOT_ASKED, null);
  }

  public boolean isLoading() {
    return stage == Stage.LOADING;
  }

  /** The earlier items stay while it is read again. */
  Listed<T> loading() {
    return new Listed<>(items, Stage.LOADING, null);
  }

  static <T> Listed<T> ready(List<T> items) {
    return new Listed<>(items, Stage.READY, null);
  }

  Listed<T> failed(String why) {
    return new Listed<>(items, Stage.FAILED, why);
  }
}
