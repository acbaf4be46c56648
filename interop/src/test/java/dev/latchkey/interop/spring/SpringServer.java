package dev.latchkey.interop.spring;

import dev.latchkey.interop.fixture.StartedOnce;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/**
 * A Spring Authorization Server on loopback, in this JVM. Lifetimes belong to its clients, so that
 * all tests share one server and each has a client of its own. Ends with the JVM.
 */
final class SpringServer {
  private static final StartedOnce<SpringServer> SHARED = new StartedOnce<>(SpringServer::start);

  private final InMemoryRegisteredClientRepository clients;
  private final URI issuer;

  private SpringServer(InMemoryRegisteredClientRepository clients, URI issuer) {
    this.clients = clients;
    this.issuer = issuer;
  }

  static SpringServer shared() {
    return SHARED.get();
  }

  private static SpringServer start() {
    WebServerApplicationContext context =
        (WebServerApplicationContext)
            new SpringApplicationBuilder(AuthorizationServerApplication.class)
                .web(WebApplicationType.SERVLET)
                .bannerMode(Banner.Mode.OFF)
                .properties(
                    Map.of(
                        "server.address", "127.0.0.1",
                        "server.port", "0",
                        "server.error.include-message", "always",
                        "spring.main.log-startup-info", "false"))
                .run();
    return new SpringServer(
        context.getBean(InMemoryRegisteredClientRepository.class),
        URI.create("http://127.0.0.1:" + context.getWebServer().getPort()));
  }

  URI issuer() {
    return issuer;
  }

  /** Registers a public client with the device grant, whose refresh tokens rotate. */
  String registerDeviceClient(String scope, Duration codeLifetime) {
    return register(
        client()
            .authorizationGrantType(AuthorizationGrantType.DEVICE_CODE)
            .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
            .scope("openid")
            .scope(scope)
            .tokenSettings(
                TokenSettings.builder()
                    .reuseRefreshTokens(false)
                    .deviceCodeTimeToLive(codeLifetime)
                    .build()));
  }

  /** Registers a public client with the authorization code grant and a loopback redirect URI. */
  String registerBrowserClient() {
    return register(
        client()
            .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
            .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
            .redirectUri("http://127.0.0.1")
            .scope("openid")
            .scope("profile")
            .scope("offline_access")
            .clientSettings(
                ClientSettings.builder()
                    .requireProofKey(true)
                    .requireAuthorizationConsent(true)
                    .build()));
  }

  private static RegisteredClient.Builder client() {
    String id = UUID.randomUUID().toString();
    return RegisteredClient.withId(id)
        .clientId("latchkey-" + id)
        .clientAuthenticationMethod(ClientAuthenticationMethod.NONE);
  }

  private String register(RegisteredClient.Builder builder) {
    RegisteredClient client = builder.build();
    clients.save(client);
    return client.getClientId();
  }
}
