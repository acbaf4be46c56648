package dev.latchkey.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.fixture.RequestText;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;

class WithdrawableBodyTest {

  private final WithdrawableBody body = new WithdrawableBody(BodyPublishers.ofString("a=b"));

  @Test
  void bodyThatWasTakenCannotBeWithdrawn() {
    assertThat(RequestText.take(body).join()).isEqualTo("a=b");

    assertThat(body.withdraw()).isFalse();
  }

  @Test
  void bodyThatWasWithdrawnIsNeverSent() {
    assertThat(body.withdraw()).isTrue();

    assertThatThrownBy(RequestText.take(body)::join).hasCauseInstanceOf(IOException.class);
    assertThat(body.withdraw()).isTrue();
  }

  @Test
  void bodyIsSentAgainWhereAProxyWantsTheRequestTwice() {
    assertThat(RequestText.take(body).join()).isEqualTo("a=b");

    assertThat(RequestText.take(body).join()).isEqualTo("a=b");
  }
}
