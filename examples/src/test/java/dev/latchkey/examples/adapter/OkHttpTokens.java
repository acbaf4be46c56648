package dev.latchkey.examples.adapter;

import dev.latchkey.AccessToken;
import dev.latchkey.ClaimsChallenge;
import dev.latchkey.TokenSource;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Gives each request of an OkHttp client a token, and sends it once more with a new one if the API
 * answers 401. For a client that talks to this API only: {@code builder.addInterceptor(new
 * OkHttpTokens(tokens))}.
 */
public record OkHttpTokens(TokenSource tokens) implements Interceptor {

  @Override
  public Response intercept(Chain chain) throws IOException {
    AccessToken token = tokens.get();
    Response response = chain.proceed(with(token, chain.request()));
    if (response.code() != 401) {
      return response;
    }
    String claims =
        ClaimsChallenge.parse(response.headers().toMultimap())
            .map(ClaimsChallenge::claims)
            .orElse(null);
    response.close(); // OkHttp wants one body at a time
    return chain.proceed(with(tokens.replace(token, claims), chain.request()));
  }

  private static Request with(AccessToken token, Request request) {
    return request.newBuilder().header("Authorization", "Bearer " + token.value()).build();
  }
}
