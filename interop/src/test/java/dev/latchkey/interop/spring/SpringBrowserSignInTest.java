package dev.latchkey.interop.spring;

import dev.latchkey.interop.browser.PageDriver;
import dev.latchkey.interop.contract.BrowserSignInTests;
import java.net.URI;

class SpringBrowserSignInTest extends BrowserSignInTests {

  @Override
  protected Place start() {
    SpringServer server = SpringServer.shared();
    return new Spring(server.issuer(), server.registerBrowserClient());
  }

  private record Spring(URI issuer, String clientId) implements Place {

    /** Spring gives refresh tokens of the authorization code grant to confidential clients only. */
    @Override
    public boolean givesRefreshTokens() {
      return false;
    }

    @Override
    public void approve(PageDriver screen, URI page) {
      new SpringPages(screen).approve(page);
    }

    @Override
    public void decline(PageDriver screen, URI page) {
      new SpringPages(screen).decline(page);
    }

    @Override
    public void close() {} // other tests use the server, and none uses the client
  }
}
