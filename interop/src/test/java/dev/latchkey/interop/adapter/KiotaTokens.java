package dev.latchkey.interop.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.kiota.authentication.AccessTokenProvider;
import com.microsoft.kiota.authentication.AllowedHostsValidator;
import dev.latchkey.TokenSource;
import java.net.URI;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives the Graph SDK, and other clients that Kiota made, a token for each request: {@code new
 * GraphServiceClient(new BaseBearerTokenAuthenticationProvider(new KiotaTokens(tokens,
 * "graph.microsoft.com")))}. After a claims challenge, Kiota asks once more, with the claims.
 *
 * @param host the only host that gets the tokens
 */
public record KiotaTokens(TokenSource tokens, String host) implements AccessTokenProvider {

  @Override
  public String getAuthorizationToken(URI uri, @Nullable Map<String, Object> context) {
    if (!getAllowedHostsValidator().isUrlHostValid(uri)) {
      return ""; // sent without a token
    }
    Object claims = context == null ? null : context.get("claims");
    return claims == null
        ? tokens.get().value()
        : tokens.getWithClaims(decoded(claims.toString())).value();
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), UTF_8);
  }

  @Override
  public AllowedHostsValidator getAllowedHostsValidator() {
    return new AllowedHostsValidator(host);
  }
}
