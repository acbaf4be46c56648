package dev.latchkey.examples.desktop.state;

/**
 * What became of something that the person sent off.
 *
 * @param note what is under way or came of it, in one sentence; empty before anything was sent
 * @param sent how many were sent: when it grows, the fields are emptied
 */
public record Form(Stage stage, String note, int sent) {

  /** How far it has come. */
  public enum Stage {
    OPEN,
    BUSY,
    FAILED
  }

  static final Form EMPTY = new Form(Stage.OPEN, "", 0);

  public boolean isBusy() {
    return stage == Stage.BUSY;
  }

  Form busy(String text) {
    return new Form(Stage.BUSY, text, sent);
  }

  Form done(String text) {
    return new Form(Stage.OPEN, text, sent + 1);
  }

  Form failed(String why) {
    return new Form(Stage.FAILED, why, sent);
  }
}
