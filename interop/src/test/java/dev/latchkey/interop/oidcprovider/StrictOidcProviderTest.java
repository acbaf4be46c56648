package dev.latchkey.interop.oidcprovider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.Account;
import dev.latchkey.AuthorizationServer;
import dev.latchkey.PublicClient;
import dev.latchkey.interop.contract.DeclineTests;
import dev.latchkey.interop.fixture.EndUser;
import dev.latchkey.interop.fixture.RawDeviceFlow;
import dev.latchkey.interop.fixture.RawHttp;
import dev.latchkey.store.MemoryTokenStore;
import java.time.Duration;

/**
 * An oidc-provider whose access tokens are for one API, and which takes pushed authorization
 * requests only: the device grant works all the same.
 */
class StrictOidcProviderTest extends DeclineTests {

  @Override
  protected Place start(Duration codeLifetime) {
    return new Provider(
        OidcProviderServer.start(
            ProviderSettings.defaults().withStrictness().withDeviceCodeLifetime(codeLifetime)));
  }

  @Override
  protected void assertIsAlice(Account account) {
    assertThat(account.subject()).isEqualTo("alice");
  }

  private record Provider(OidcProviderServer server) implements Place {

    @Override
    public PublicClient client(MemoryTokenStore store) {
      return PublicClient.builder()
          .authorizationServer(AuthorizationServer.discover(server.issuer()))
          .clientId(OidcProviderServer.CLIENT)
          .scopes("api:read")
          .tokenStore(store)
          .build();
    }

    @Override
    public EndUser person() {
      return server.person("alice");
    }

    @Override
    public RawHttp.Answer redeem(String refreshToken) {
      return RawDeviceFlow.refresh(server.issuer(), OidcProviderServer.CLIENT, refreshToken);
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
