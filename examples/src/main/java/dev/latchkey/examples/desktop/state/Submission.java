package dev.latchkey.examples.desktop.state;

/**
 * What became of something that the person sent off.
 *
 * @param note what is under way or came of it, in one sentence; empty before anything was sent
 * @param sent how many were sent: when it grows, the fields are emptied
 */
public record Submission(Stage stage, String note, int sent) {

  /** How far it has come. */
  public enum Stage {
    OPEN,
    BUSY,
    FAILED
  }

  static final Submission EMPTY = new Submission(Stage.OPEN, "", 0);

  public boolean isBusy() {
    return stage == Stage.BUSY;
  }

  Submission busy(String text) {
    return new Submission(Stage.BUSY, text, sent);
  }

  Submission done(String text) {
    return new Submission(Stage.OPEN, text, sent + 1);
  }

  Submission failed(String why) {
    return new Submission(Stage.FAILED, why, sent);
  }
}
