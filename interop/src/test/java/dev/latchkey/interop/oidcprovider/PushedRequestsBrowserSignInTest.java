package dev.latchkey.interop.oidcprovider;

import dev.latchkey.interop.browser.PageDriver;
import dev.latchkey.interop.contract.BrowserSignInTests;
import java.net.URI;

/** Sign-ins at an oidc-provider that takes authorization requests by PAR (RFC 9126) only. */
class PushedRequestsBrowserSignInTest extends BrowserSignInTests {

  @Override
  protected Place start() {
    return new Provider(OidcProviderServer.start(ProviderSettings.defaults().withStrictness()));
  }

  private record Provider(OidcProviderServer server) implements Place {

    @Override
    public URI issuer() {
      return server.issuer();
    }

    @Override
    public String clientId() {
      return OidcProviderServer.BROWSER_CLIENT;
    }

    @Override
    public void approve(PageDriver screen, URI page) {
      new OidcProviderPages(screen, "alice").approve(page);
    }

    @Override
    public void decline(PageDriver screen, URI page) {
      new OidcProviderPages(screen, "alice").decline(page);
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
