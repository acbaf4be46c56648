package dev.latchkey.interop.glewlwyd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.Account;
import dev.latchkey.AuthorizationServer;
import dev.latchkey.PublicClient;
import dev.latchkey.interop.contract.EssentialTests;
import dev.latchkey.interop.fixture.EndUser;
import dev.latchkey.interop.fixture.RawDeviceFlow;
import dev.latchkey.interop.fixture.RawHttp;
import dev.latchkey.store.MemoryTokenStore;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

/** The device grant of glewlwyd, which lets nobody decline. */
class GlewlwydServerTest extends EssentialTests {
  @TempDir private Path folder;

  @Override
  protected Place start(Duration codeLifetime) {
    return new Glewlwyd(GlewlwydServer.start(folder, codeLifetime));
  }

  /** glewlwyd's subjects are random, and its ID tokens have no names unless told so. */
  @Override
  protected void assertIsAlice(Account account) {
    assertThat(account.subject()).isNotBlank();
  }

  private record Glewlwyd(GlewlwydServer server) implements Place {

    @Override
    public PublicClient client(MemoryTokenStore store) {
      return PublicClient.builder()
          .authorizationServer(AuthorizationServer.discover(server.issuer()))
          .clientId(GlewlwydServer.CLIENT)
          .tokenStore(store)
          .build();
    }

    @Override
    public EndUser person() {
      return server.person("openid", "profile", "offline_access");
    }

    @Override
    public RawHttp.Answer redeem(String refreshToken) {
      return RawDeviceFlow.refresh(server.issuer(), GlewlwydServer.CLIENT, refreshToken);
    }

    /** It answers 401 to clients that cannot authenticate. */
    @Override
    public boolean revokes() {
      return false;
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
