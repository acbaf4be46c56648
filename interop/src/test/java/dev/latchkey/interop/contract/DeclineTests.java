package dev.latchkey.interop.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.DeviceAuthorization;
import dev.latchkey.PublicClient;
import dev.latchkey.SignIn;
import dev.latchkey.error.SignInDeclined;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The {@link EssentialTests} of a server whose pages let a person decline. */
public abstract class DeclineTests extends EssentialTests {

  @Test
  void deniedSignInIsDeclined() {
    try (Place server = start(Duration.ofMinutes(5))) {
      PublicClient client = server.client(store);
      SignIn signIn = client.beginSignIn();
      DeviceAuthorization shown = signIn.deviceAuthorization();

      server.person().deny(shown.verificationUri(), shown.userCode());

      assertThatThrownBy(signIn::await).isInstanceOf(SignInDeclined.class);
      assertThat(client.accounts()).isEmpty();
    }
  }
}
