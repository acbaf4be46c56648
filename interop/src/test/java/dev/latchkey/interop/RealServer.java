package dev.latchkey.interop;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** What both real servers have, as the tests of signing in and staying signed in need it. */
interface RealServer extends AutoCloseable {

  URI issuer();

  /** The public client that may use the device grant and gets refresh tokens. */
  String clientId();

  /** A user without a browser: much quicker. */
  Person person();

  /** The same user at a screen. */
  Person personAt(Screen screen);

  /** How many refresh tokens were redeemed with success. */
  long redemptions();

  /** How many refreshes were refused: a reuse shows here. */
  long refusedRedemptions();

  /** How many polls came too fast, by the server's own word or, if it has none, by its clock. */
  long tooFastPolls();

  @Override
  void close();

  /** A realm of its own on the suite's Keycloak. */
  static OnKeycloak keycloak(Duration accessTokenLifetime, Duration codeLifetime) {
    KeycloakRealm realm =
        KeycloakServer.shared()
            .createRealm(
                RealmSettings.defaults()
                    .withAccessTokenLifetime(accessTokenLifetime)
                    .withDeviceCodeLifetime(codeLifetime));
    return new OnKeycloak(realm, realm.createUser("alice"));
  }

  /** An oidc-provider of its own. */
  static OnOidcProvider oidcProvider(Duration accessTokenLifetime, Duration codeLifetime) {
    return new OnOidcProvider(
        OidcProviderServer.start(
            ProviderSettings.defaults()
                .withAccessTokenLifetime(accessTokenLifetime)
                .withDeviceCodeLifetime(codeLifetime)));
  }

  /** Keycloak's side of it. */
  record OnKeycloak(KeycloakRealm realm, KeycloakUser alice) implements RealServer {
    @Override
    public URI issuer() {
      return realm.issuer();
    }

    @Override
    public String clientId() {
      return KeycloakRealm.CLIENT;
    }

    @Override
    public Person person() {
      return alice.person();
    }

    @Override
    public Person personAt(Screen screen) {
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

  /** oidc-provider's side of it. */
  record OnOidcProvider(OidcProviderServer server) implements RealServer {
    /** 5 s, less a little because the client waits by another clock. */
    private static final Duration DEFAULT_INTERVAL = Duration.ofMillis(4_900);

    @Override
    public URI issuer() {
      return server.issuer();
    }

    @Override
    public String clientId() {
      return OidcProviderServer.CLIENT;
    }

    @Override
    public Person person() {
      return server.person("alice");
    }

    @Override
    public Person personAt(Screen screen) {
      return server.person("alice", screen);
    }

    @Override
    public long redemptions() {
      return server.redemptions();
    }

    @Override
    public long refusedRedemptions() {
      return server.refusedRedemptions();
    }

    /**
     * oidc-provider tells no interval and never says {@code slow_down}, so what it noted is held
     * against RFC 8628 §3.2: "If no value is provided, clients MUST use 5 as the default."
     */
    @Override
    public long tooFastPolls() {
      List<ProviderRequest> polls =
          server.tokenRequests("urn:ietf:params:oauth:grant-type:device_code");
      return IntStream.range(1, polls.size())
          .mapToObj(i -> polls.get(i).at().minus(polls.get(i - 1).at()))
          .filter(gap -> gap.compareTo(DEFAULT_INTERVAL) < 0)
          .count();
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
