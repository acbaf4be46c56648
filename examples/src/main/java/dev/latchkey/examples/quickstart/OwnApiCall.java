package dev.latchkey.examples.quickstart;

import dev.latchkey.AccessToken;
import dev.latchkey.ClaimsChallenge;
import dev.latchkey.TokenSource;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;

/**
 * Sends requests to an API of your own: each with a token that is valid now, and once more with a
 * new token if the API answers 401.
 *
 * @param http must not follow redirects, which is its default: the token is for this API only
 */
public record OwnApiCall(HttpClient http, TokenSource tokens) {

  /**
   * Blocks until the response is there.
   *
   * @param body reads the whole body, as {@code ofString()} does: that of a 401 is passed over
   * @throws dev.latchkey.error.SignInRequired if the API asks for what only the person can give
   */
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body)
      throws IOException, InterruptedException {
    AccessToken token = tokens.get(); // from memory, or by one refresh that all threads share
    HttpResponse<T> response = http.send(with(token, request), body);
    if (response.statusCode() != 401) {
      return response;
    }
    String claims =
        ClaimsChallenge.parse(response.headers()).map(ClaimsChallenge::claims).orElse(null);
    return http.send(with(tokens.replace(token, claims), request), body);
  }

  private static HttpRequest with(AccessToken token, HttpRequest request) {
    return HttpRequest.newBuilder(request, (name, value) -> true)
        .setHeader("Authorization", "Bearer " + token.value())
        .build();
  }
}
