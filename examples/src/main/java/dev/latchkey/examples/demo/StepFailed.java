package dev.latchkey.examples.demo;

/** A check of the demo failed. */
public final class StepFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StepFailed(String message) {
    super(message);
  }
}
