package dev.latchkey.interop.keycloak;

import dev.latchkey.interop.browser.PageDriver;
import dev.latchkey.interop.contract.RealServer;
import dev.latchkey.interop.fixture.EndUser;
import java.net.URI;
import java.time.Duration;

/** A realm of Keycloak, as the tests of all real servers use it. */
record RealKeycloak(KeycloakRealm realm, KeycloakUser alice) implements RealServer {
  /** Creates a realm on the suite's Keycloak. */
  static RealKeycloak start(Duration accessTokenLifetime, Duration codeLifetime) {
    KeycloakRealm realm =
        KeycloakServer.shared()
            .createRealm(
                RealmSettings.defaults()
                    .withAccessTokenLifetime(accessTokenLifetime)
                    .withDeviceCodeLifetime(codeLifetime));
    return new RealKeycloak(realm, realm.createUser("alice"));
  }

  @Override
  public URI issuer() {
    return realm.issuer();
  }

  @Override
  public String clientId() {
    return KeycloakRealm.CLIENT;
  }

  /** One of the optional client scopes that every realm has. */
  @Override
  public String anotherScope() {
    return "phone";
  }

  @Override
  public EndUser person() {
    return alice.person();
  }

  @Override
  public EndUser personAt(PageDriver screen) {
    return alice.at(screen);
  }

  @Override
  public long redemptions() {
    return realm.redemptions();
  }

  @Override
  public long refusedRedemptions() {
    return realm.refusedRedemptions();
  }

  @Override
  public long tooFastPolls() {
    return realm.events("OAUTH2_DEVICE_CODE_TO_TOKEN_ERROR").stream()
        .filter(event -> event.error().equals("slow_down"))
        .count();
  }

  @Override
  public void close() {
    realm.close();
  }
}
