package dev.latchkey.interop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.interop.fixture.RawDeviceFlow;
import dev.latchkey.interop.keycloak.KeycloakRealm;
import dev.latchkey.interop.keycloak.KeycloakServer;
import dev.latchkey.interop.keycloak.KeycloakUser;
import dev.latchkey.interop.keycloak.RealmSettings;
import dev.latchkey.interop.oidcprovider.OidcProviderServer;
import dev.latchkey.interop.oidcprovider.ProviderSettings;
import dev.latchkey.testkit.FakeAuthorizationServer;
import dev.latchkey.testkit.TestUser;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person with a real browser gets through the pages of the real servers. */
class ChromiumBrowserTest {
  private static final String USERNAME = "adele@contoso.example";

  @AutoClose private ChromiumBrowser browser;

  @BeforeEach
  void open() {
    browser = ChromiumBrowser.open();
  }

  @Test
  void approvesOnKeycloaksPages() {
    try (KeycloakRealm realm = KeycloakServer.shared().createRealm(RealmSettings.defaults())) {
      KeycloakUser alice = realm.createUser("alice");
      RawDeviceFlow flow = RawDeviceFlow.begin(realm.issuer(), KeycloakRealm.CLIENT);

      alice.at(browser).approve(flow.verificationUri(), flow.userCode());

      assertThat(flow.poll().json().has("access_token")).isTrue();
    }
  }

  @Test
  void deniesOnKeycloaksPages() {
    try (KeycloakRealm realm = KeycloakServer.shared().createRealm(RealmSettings.defaults())) {
      KeycloakUser alice = realm.createUser("alice");
      RawDeviceFlow flow = RawDeviceFlow.begin(realm.issuer(), KeycloakRealm.CLIENT);

      alice.at(browser).deny(flow.verificationUri(), flow.userCode());

      assertThat(flow.poll().error()).isEqualTo("access_denied");
    }
  }

  @Test
  void approvesOnOidcProvidersPages() {
    try (OidcProviderServer server = OidcProviderServer.start(ProviderSettings.defaults())) {
      RawDeviceFlow flow = RawDeviceFlow.begin(server.issuer(), OidcProviderServer.CLIENT);

      server.person("alice", browser).approve(flow.verificationUri(), flow.userCode());

      assertThat(flow.poll().json().has("access_token")).isTrue();
    }
  }

  @Test
  void deniesOnOidcProvidersPages() {
    try (OidcProviderServer server = OidcProviderServer.start(ProviderSettings.defaults())) {
      RawDeviceFlow flow = RawDeviceFlow.begin(server.issuer(), OidcProviderServer.CLIENT);

      server.person("alice", browser).deny(flow.verificationUri(), flow.userCode());

      assertThat(flow.poll().error()).isEqualTo("access_denied");
    }
  }

  @Test
  void approvesOnTheTestkitsPage() {
    try (FakeAuthorizationServer server = testkit()) {
      RawDeviceFlow flow = begin(server);

      new TestkitPages(browser, USERNAME).approve(flow.verificationUri(), flow.userCode());

      assertThat(flow.poll().json().has("access_token")).isTrue();
    }
  }

  @Test
  void declinesOnTheTestkitsPage() {
    try (FakeAuthorizationServer server = testkit()) {
      RawDeviceFlow flow = begin(server);

      new TestkitPages(browser, USERNAME).deny(flow.verificationUri(), flow.userCode());

      assertThat(flow.poll().error()).isEqualTo("authorization_declined");
    }
  }

  private static FakeAuthorizationServer testkit() {
    return FakeAuthorizationServer.builder().user(TestUser.of(USERNAME)).start();
  }

  private static RawDeviceFlow begin(FakeAuthorizationServer server) {
    return RawDeviceFlow.begin(server.issuer("contoso.example"), "latchkey");
  }
}
