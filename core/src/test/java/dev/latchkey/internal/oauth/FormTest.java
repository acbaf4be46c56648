package dev.latchkey.internal.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.fixture.Allocation;
import org.junit.jupiter.api.Test;

class FormTest {

  @Test
  void secretsOfTheRequestAreRemovedFromTheServersText() {
    Form form =
        new Form()
            .add("client_id", "a-client-id")
            .add("device_code", "short")
            .add("refresh_token", "5f3bc1b0-c2a7-4f0e");

    String redacted = form.redact("a-client-id: no refresh token 5f3bc1b0-c2a7-4f0e, nor short");

    assertThat(redacted).isEqualTo("a-client-id: no refresh token [redacted], nor short");
  }

  @Test
  void encodedSecretIsRemovedToo() {
    Form form = new Form().add("refresh_token", "M.C5/a+b=!x*y");

    String redacted =
        form.redact("Bad: a=b&refresh_token=M.C5%2Fa%2Bb%3D%21x*y, M.C5%2fa%2bb%3d%21x*y.");

    assertThat(redacted).isEqualTo("Bad: a=b&refresh_token=[redacted], [redacted].");
  }

  @Test
  void textThatIsTooShortForASecretIsNotSearchedForIt() {
    Form form = new Form().add("device_code", "a device code of many characters ".repeat(8));

    long bytes = Allocation.of(() -> form.redact("authorization_pending"));

    assertThat(bytes).isLessThan(256);
  }

  @Test
  void secretThatFillsTheWholeTextIsRemoved() {
    Form form = new Form().add("refresh_token", "M.C5/a+b=");

    assertThat(form.redact("M.C5/a+b=")).isEqualTo("[redacted]");
    assertThat(form.redact("M.C5%2Fa%2Bb%3D")).isEqualTo("[redacted]");
  }

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
  void toStringHoldsNoValue() {
    Form form = new Form().add("refresh_token", "secret");

    assertThat(form).hasToString("Form[refresh_token]");
  }

  @Test
  void parameterIsNotSentTwice() {
    Form form = new Form().add("scope", "a");

    assertThatThrownBy(() -> form.add("scope", "b")).isInstanceOf(IllegalArgumentException.class);
  }
}
