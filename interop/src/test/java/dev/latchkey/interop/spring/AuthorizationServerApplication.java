package dev.latchkey.interop.spring;

import static org.springframework.security.config.Customizer.withDefaults;

import java.util.UUID;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * An authorization server as an application makes one of Spring's: with Spring's own pages, its
 * storage in memory, and a page of its own for the user code, which Spring has none for.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class AuthorizationServerApplication {
  static final String USERNAME = "alice";
  static final String PASSWORD = "known to this suite only";

  private static final String USER_CODE_PAGE =
      """
      <!DOCTYPE html><html><head><title>Device</title></head><body>
      <form action="/oauth2/device_verification">
      <input name="user_code"><button type="submit">Continue</button>
      </form></body></html>
      """;

  @Bean
  InMemoryRegisteredClientRepository clients() {
    // The repository must not be empty; nobody uses this client.
    return new InMemoryRegisteredClientRepository(
        RegisteredClient.withId(UUID.randomUUID().toString())
            .clientId("nobody")
            .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
            .build());
  }

  @Bean
  UserDetailsService users() {
    return new InMemoryUserDetailsManager(
        User.withUsername(USERNAME).password("{noop}" + PASSWORD).roles("USER").build());
  }

  @Bean
  @Order(1)
  SecurityFilterChain endpoints(HttpSecurity http, InMemoryRegisteredClientRepository clients)
      throws Exception {
    PublicClientAuthentication byClientId = new PublicClientAuthentication(clients);
    OAuth2AuthorizationServerConfigurer server =
        OAuth2AuthorizationServerConfigurer.authorizationServer();
    return http.securityMatcher(server.getEndpointsMatcher())
        .with(
            server,
            configured ->
                configured
                    .oidc(withDefaults())
                    .deviceAuthorizationEndpoint(device -> device.verificationUri("/activate"))
                    .clientAuthentication(
                        authentication ->
                            authentication
                                .authenticationConverter(byClientId)
                                .authenticationProvider(byClientId)))
        .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .exceptionHandling(
            denied ->
                denied.authenticationEntryPoint(new LoginUrlAuthenticationEntryPoint("/login")))
        .build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain pages(HttpSecurity http) throws Exception {
    return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .formLogin(withDefaults())
        .build();
  }

  @Bean
  RouterFunction<ServerResponse> ownPages() {
    return RouterFunctions.route()
        .GET("/activate", request -> page(USER_CODE_PAGE))
        .GET("/", request -> page("<!DOCTYPE html><h1>Device activated</h1>"))
        .build();
  }

  private static ServerResponse page(String html) {
    return ServerResponse.ok().contentType(MediaType.TEXT_HTML).body(html);
  }
}
