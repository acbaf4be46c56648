package dev.latchkey.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FormTest {

  @Test
  void parametersAreEncodedInOrderAndNullOnesLeftOut() {
    Form form =
        new Form()
            .add("grant_type", "refresh_token")
            .add("claims", null)
            .add("scope", "openid offline_access")
            .add("refresh_token", "a+b/c=&ü\r\n");

    assertThat(form.encode())
        .isEqualTo(
            "grant_type=refresh_token&scope=openid+offline_access"
                + "&refresh_token=a%2Bb%2Fc%3D%26%C3%BC%0D%0A");
  }

  @Test
  void noValueIsEverPrinted() {
    Form form = new Form().add("refresh_token", "secret");

    assertThat(form).hasToString("Form[refresh_token]");
  }

  @Test
  void parameterIsNotSentTwice() {
    Form form = new Form().add("scope", "a");

    assertThatThrownBy(() -> form.add("scope", "b")).isInstanceOf(IllegalArgumentException.class);
  }
}
