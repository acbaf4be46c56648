package dev.latchkey.examples.desktop.state;

/**
 * What can be read from the server by itself.
 *
 * @param id of a folder; empty for the others
 */
public record Part(Kind kind, String id) {

  /** What it is. */
  public enum Kind {
    FOLDER,
    TASKS,
    CHANNELS,
    MAIL,
    TOKENS
  }

  public static final Part TASKS = new Part(Kind.TASKS, "");
  public static final Part CHANNELS = new Part(Kind.CHANNELS, "");
  public static final Part MAIL = new Part(Kind.MAIL, "");
  public static final Part TOKENS = new Part(Kind.TOKENS, "");

  public static Part folder(String id) {
    return new Part(Kind.FOLDER, id);
  }
}
