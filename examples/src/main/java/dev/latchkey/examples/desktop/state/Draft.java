package dev.latchkey.examples.desktop.state;

/** A mail that a person has written. */
public record Draft(String to, String subject, String text) {

  /** What it says is nobody else's business. */
  @Override
  public String toString() {
    return "Draft[]";
  }
}
