package dev.latchkey.examples.demo;

/** Something was not as the story has it. */
public final class StepFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StepFailed(String message) {
    super(message);
  }
}
