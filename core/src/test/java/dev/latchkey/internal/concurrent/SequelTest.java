package dev.latchkey.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What follows an answer that must not be lost. */
class SequelTest {

  private final List<Object> seen = new ArrayList<>();
  private final CompletableFuture<String> coming = new CompletableFuture<>();

  private CompletableFuture<String> step(@Nullable String answer, @Nullable Throwable failure) {
    seen.add(answer == null ? String.valueOf(failure) : answer);
    return CompletableFuture.completedFuture("stored " + answer);
  }

  @Test
  void executorThatRejectsItCostsNoAnswer() {
    Sequel<String, String> sequel =
        new Sequel<>(
            task -> {
              throw new RejectedExecutionException("shut down");
            },
            this::step);

    CompletableFuture<String> stored = sequel.after(coming);
    coming.complete("token");

    assertThat(stored).isCompletedWithValue("stored token");
  }

  @Test
  void systemWithoutThreadsCostsNoAnswer() {
    Sequel<String, String> sequel =
        new Sequel<>(
            task -> {
              throw new OutOfMemoryError("unable to create native thread");
            },
            this::step);

    CompletableFuture<String> stored = sequel.after(coming);
    coming.complete("token");

    assertThat(stored).isCompletedWithValue("stored token");
  }

  @Test
  void executorThatKeepsItAndThrowsRunsItOnce() {
    List<Runnable> kept = new ArrayList<>();
    Sequel<String, String> sequel =
        new Sequel<>(
            task -> {
              kept.add(task);
              throw new RejectedExecutionException("and kept it");
            },
            this::step);

    CompletableFuture<String> stored = sequel.after(coming);
    coming.complete("token");
    kept.forEach(Runnable::run);

    assertThat(stored).isCompletedWithValue("stored token");
    assertThat(seen).containsExactly("token");
  }

  @Test
  void failureComesWithoutTheWrappersOfFutures() {
    CompletableFuture<String> stored = new Sequel<>(Runnable::run, this::step).after(coming);
    coming.completeExceptionally(new CompletionException(new IOException("reset")));

    assertThat(stored).isCompletedWithValue("stored null");
    assertThat(seen).containsExactly("java.io.IOException: reset");
  }

  @Test
  void whatTheStepThrowsIsTheFailureOfTheResult() {
    CompletableFuture<String> stored =
        new Sequel<String, String>(
                Runnable::run,
                (answer, failure) -> {
                  throw new StackOverflowError("too deep");
                })
            .after(coming);
    coming.complete("token");

    assertThat(stored.handle((value, failure) -> failure).join())
        .isExactlyInstanceOf(StackOverflowError.class);
  }
}
