package dev.latchkey.examples.demo;

import dev.latchkey.error.LatchkeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** Plays the steps one by one, and stops at the first that fails. */
final class DemoScript {

  private static final Duration GLANCE = Duration.ofMillis(10);

  private final Narrator narrator;

  DemoScript(Narrator narrator) {
    this.narrator = narrator;
  }

  /** A step with a result for later steps. */
  interface Scene<T> {
    Told<T> play() throws InterruptedException;
  }

  /** The result of a step for later steps, and the text that tells it. */
  record Told<T>(T outcome, String text) {}

  /** A step without a result. */
  interface Episode {
    String play() throws InterruptedException;
  }

  void step(String name, Episode episode) {
    stepTo(name, () -> new Told<>(true, episode.play()));
  }

  <T> T stepTo(String name, Scene<T> scene) {
    Told<T> told;
    try {
      told = scene.play();
    } catch (StepFailed | LatchkeyException e) {
      narrator.step(name, false, String.valueOf(e.getMessage()));
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
    narrator.step(name, true, told.text());
    return told.outcome();
  }

  static void check(boolean asTold, String otherwise) {
    if (!asTold) {
      throw new StepFailed(otherwise);
    }
  }

  static void sleepUntil(Instant instant) throws InterruptedException {
    Duration left = Duration.between(Instant.now(), instant);
    if (!left.isNegative()) {
      Thread.sleep(left.toMillis() + 1);
    }
  }

  static void await(BooleanSupplier condition, Duration limit, String otherwise)
      throws InterruptedException {
    Instant end = Instant.now().plus(limit);
    while (!condition.getAsBoolean()) {
      check(Instant.now().isBefore(end), otherwise);
      Thread.sleep(GLANCE.toMillis());
    }
  }
}
