package dev.latchkey.interop.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.Account;
import dev.latchkey.AuthorizationServer;
import dev.latchkey.PublicClient;
import dev.latchkey.error.AppMisconfigured;
import dev.latchkey.interop.browser.HttpPageDriver;
import dev.latchkey.interop.contract.DeclineTests;
import dev.latchkey.interop.fixture.EndUser;
import dev.latchkey.interop.fixture.RawDeviceFlow;
import dev.latchkey.interop.fixture.RawHttp;
import dev.latchkey.store.MemoryTokenStore;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The device grant of a Spring Authorization Server, which refuses {@code openid} with it. */
class SpringServerTest extends DeclineTests {
  private static final String SCOPE = "message.read";

  @Override
  protected Place start(Duration codeLifetime) {
    SpringServer server = SpringServer.shared();
    return new Spring(server, server.registerDeviceClient(SCOPE, codeLifetime));
  }

  /** There is no ID token that could tell. */
  @Override
  protected void assertIsAlice(Account account) {
    assertThat(account.username()).isNull();
  }

  @Test
  void clientThatAsksForOpenidIsToldSo() {
    try (Place server = start(Duration.ofMinutes(5))) {
      PublicClient client =
          PublicClient.builder()
              .authorizationServer(AuthorizationServer.discover(SpringServer.shared().issuer()))
              .clientId(((Spring) server).clientId())
              .scopes(SCOPE)
              .build();

      assertThatThrownBy(client::beginSignIn)
          .isInstanceOfSatisfying(
              AppMisconfigured.class,
              wrong -> {
                assertThat(Objects.requireNonNull(wrong.oauthError()).error())
                    .isEqualTo("invalid_scope");
                assertThat(wrong.remedy()).contains("exactScopes()");
              });
    }
  }

  private record Spring(SpringServer server, String clientId) implements Place {

    @Override
    public PublicClient client(MemoryTokenStore store) {
      return PublicClient.builder()
          .authorizationServer(AuthorizationServer.discover(server.issuer()))
          .clientId(clientId)
          .scopes(SCOPE)
          .exactScopes()
          .tokenStore(store)
          .build();
    }

    @Override
    public EndUser person() {
      return new SpringPages(new HttpPageDriver());
    }

    @Override
    public RawHttp.Answer redeem(String refreshToken) {
      return RawDeviceFlow.refresh(server.issuer(), clientId, refreshToken);
    }

    @Override
    public void close() {} // other tests use the server, and none uses the client
  }
}
