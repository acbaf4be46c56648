package dev.latchkey.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import org.junit.jupiter.api.Test;

class WithdrawableBodyTest {

  private final WithdrawableBody body = new WithdrawableBody(BodyPublishers.ofString("a=b"));

  @Test
  void bodyThatWasTakenCannotBeWithdrawn() {
    assertThat(take(body).join()).isEqualTo("a=b");

    assertThat(body.withdraw()).isFalse();
  }

  @Test
  void bodyThatWasWithdrawnIsNeverSent() {
    assertThat(body.withdraw()).isTrue();

    assertThatThrownBy(take(body)::join).hasCauseInstanceOf(IOException.class);
    assertThat(body.withdraw()).isTrue();
  }

  @Test
  void bodyIsSentAgainWhereAProxyWantsTheRequestTwice() {
    assertThat(take(body).join()).isEqualTo("a=b");

    assertThat(take(body).join()).isEqualTo("a=b");
  }

  private static CompletableFuture<String> take(WithdrawableBody body) {
    BodySubscriber<String> text = BodySubscribers.ofString(UTF_8);
    body.subscribe(
        new Subscriber<ByteBuffer>() {
          @Override
          public void onSubscribe(Subscription subscription) {
            text.onSubscribe(subscription);
          }

          @Override
          public void onNext(ByteBuffer buffer) {
            text.onNext(List.of(buffer));
          }

          @Override
          public void onError(Throwable failure) {
            text.onError(failure);
          }

          @Override
          public void onComplete() {
            text.onComplete();
          }
        });
    return text.getBody().toCompletableFuture();
  }
}
