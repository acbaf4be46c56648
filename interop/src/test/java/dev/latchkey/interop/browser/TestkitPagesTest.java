package dev.latchkey.interop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.interop.fixture.EndUser;
import dev.latchkey.interop.fixture.RawDeviceFlow;
import dev.latchkey.testkit.FakeAuthorizationServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The testkit's page works without JavaScript. */
class TestkitPagesTest {
  @AutoClose
  private final FakeAuthorizationServer server = FakeAuthorizationServer.builder().start();

  private final EndUser adele = new TestkitPages(new HttpPageDriver(), "adele@contoso.example");

  @Test
  void anApprovedCodeGivesTokens() {
    RawDeviceFlow flow = begin();

    adele.approve(flow.verificationUri(), flow.userCode());

    assertThat(flow.poll().json().has("access_token")).isTrue();
  }

  @Test
  void aDeclinedCodeIsAuthorizationDeclined() {
    RawDeviceFlow flow = begin();

    adele.deny(flow.verificationUri(), flow.userCode());

    assertThat(flow.poll().error()).isEqualTo("authorization_declined");
  }

  private RawDeviceFlow begin() {
    return RawDeviceFlow.begin(server.issuer("contoso.example"), "latchkey");
  }
}
