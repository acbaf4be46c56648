package dev.latchkey.interop.keycloak;

import dev.latchkey.interop.browser.PageDriver;
import dev.latchkey.interop.contract.BrowserSignInTests;
import java.net.URI;

class KeycloakBrowserSignInTest extends BrowserSignInTests {

  @Override
  protected Place start() {
    KeycloakRealm realm = KeycloakServer.shared().createRealm(RealmSettings.defaults());
    return new Realm(realm, realm.createUser("alice"));
  }

  private record Realm(KeycloakRealm realm, KeycloakUser alice) implements Place {

    @Override
    public URI issuer() {
      return realm.issuer();
    }

    @Override
    public String clientId() {
      return KeycloakRealm.BROWSER_CLIENT;
    }

    @Override
    public void approve(PageDriver screen, URI page) {
      alice.pages(screen).approve(page);
    }

    @Override
    public void decline(PageDriver screen, URI page) {
      alice.pages(screen).decline(page);
    }

    @Override
    public void close() {
      realm.close();
    }
  }
}
