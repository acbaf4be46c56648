package dev.latchkey.interop.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Lets public clients authenticate by their {@code client_id} alone, as Spring's own sample for the
 * device grant does: the server by itself accepts them only with a code verifier. Requests with one
 * are left to the server.
 */
record PublicClientAuthentication(RegisteredClientRepository clients)
    implements AuthenticationConverter, AuthenticationProvider {

  @Override
  public @Nullable Authentication convert(HttpServletRequest request) {
    String clientId = request.getParameter("client_id");
    boolean others =
        request.getHeader("Authorization") != null
            || request.getParameter("client_secret") != null
            || request.getParameter("code_verifier") != null;
    return clientId == null || others ? null : new Token(clientId);
  }

  @Override
  public @Nullable Authentication authenticate(Authentication authentication) {
    RegisteredClient client = clients.findByClientId(authentication.getName());
    if (client == null
        || !client.getClientAuthenticationMethods().contains(ClientAuthenticationMethod.NONE)) {
      throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
    }
    return new OAuth2ClientAuthenticationToken(client, ClientAuthenticationMethod.NONE, null);
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return Token.class.isAssignableFrom(authentication);
  }

  private static final class Token extends OAuth2ClientAuthenticationToken {
    private static final long serialVersionUID = 1;

    Token(String clientId) {
      super(Objects.requireNonNull(clientId), ClientAuthenticationMethod.NONE, null, Map.of());
    }
  }
}
