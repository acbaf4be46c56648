package dev.latchkey.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.SignInCancelled;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class FuturesTest {

  @Test
  void wrappersOfFuturesAreTakenOff() {
    var inner = new IllegalStateException("inner");

    assertThat(Futures.unwrap(new CompletionException(new ExecutionException(inner))))
        .isSameAs(inner);
    assertThat(Futures.unwrap(inner)).isSameAs(inner);
    assertThat(Futures.unwrap(new CompletionException(null)))
        .isInstanceOf(CompletionException.class);
  }

  @Test
  void interruptCancelsASignInAlsoIfItsAnswerHasJustArrived() {
    CompletableFuture<String> arrived = CompletableFuture.completedFuture("code");
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> Futures.awaitSignIn(arrived, () -> true))
        .isInstanceOf(SignInCancelled.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void interruptThatComesTooLateToCancelChangesNothing() {
    CompletableFuture<String> done = CompletableFuture.completedFuture("account");
    Thread.currentThread().interrupt();

    assertThat(Futures.awaitSignIn(done, () -> false)).isEqualTo("account");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void whatIsHeldIsClosedEvenIfNobodyCanWaitForTheTask() {
    AtomicInteger closed = new AtomicInteger();
    CompletableFuture<String> withoutMemory =
        new CompletableFuture<>() {
          @Override
          public CompletableFuture<String> whenComplete(
              BiConsumer<? super String, ? super Throwable> action) {
            throw new OutOfMemoryError("Java heap space");
          }
        };

    assertThatThrownBy(
            () -> Futures.holding(closed, AtomicInteger::incrementAndGet, () -> withoutMemory))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(closed).hasValue(1);
  }

  @Test
  void whatIsHeldIsClosedBeforeAnybodySeesTheEnd() {
    AtomicInteger closed = new AtomicInteger();
    CompletableFuture<String> task = new CompletableFuture<>();
    CompletableFuture<Integer> seen =
        Futures.holding(closed, AtomicInteger::incrementAndGet, () -> task)
            .thenApply(value -> closed.get());

    assertThat(closed).hasValue(0);
    task.complete("done");
    assertThat(seen).isCompletedWithValue(1);
  }
}
