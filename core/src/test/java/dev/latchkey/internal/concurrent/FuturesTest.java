package dev.latchkey.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
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
}
