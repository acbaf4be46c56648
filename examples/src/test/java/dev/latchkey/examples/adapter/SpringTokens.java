package dev.latchkey.examples.adapter;

import dev.latchkey.AccessToken;
import dev.latchkey.ClaimsChallenge;
import dev.latchkey.TokenSource;
import java.io.IOException;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Gives each request of a {@code RestClient} or {@code RestTemplate} a token, and sends it once
 * more with a new one if the API answers 401. For a client that talks to this API only: {@code
 * RestClient.builder().requestInterceptor(new SpringTokens(tokens))}.
 */
public record SpringTokens(TokenSource tokens) implements ClientHttpRequestInterceptor {

  @Override
  public ClientHttpResponse intercept(
      HttpRequest request, byte[] body, ClientHttpRequestExecution execution) throws IOException {
    AccessToken token = tokens.get();
    request.getHeaders().setBearerAuth(token.value());
    ClientHttpResponse response = execution.execute(request, body);
    if (response.getStatusCode().value() != 401) {
      return response;
    }
    String claims =
        ClaimsChallenge.parse(response.getHeaders()).map(ClaimsChallenge::claims).orElse(null);
    response.close();
    request.getHeaders().setBearerAuth(tokens.replace(token, claims).value());
    return execution.execute(request, body);
  }
}
