package dev.latchkey.examples.adapter;

import dev.latchkey.AccessToken;
import dev.latchkey.ClaimsChallenge;
import dev.latchkey.PublicClient;
import dev.latchkey.SignIn;
import dev.latchkey.SignInResult;
import dev.latchkey.TokenSource;
import dev.latchkey.error.SignInRequired;
import java.net.http.HttpResponse;
import java.util.function.Consumer;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * Tokens and sign-ins for programs written with Reactor. Nothing here blocks, each subscriber gets
 * a token of its own time, and errors are the typed exceptions themselves.
 */
public record ReactorTokens(PublicClient client, TokenSource tokens) {

  /** A valid token. Who cancels it harms nobody else. */
  public Mono<AccessToken> token() {
    return Mono.fromFuture(tokens::getAsync);
  }

  /** Sends a request, and once more with a new token if the API answers 401. */
  public <T> Mono<HttpResponse<T>> send(Function<String, Mono<HttpResponse<T>>> request) {
    return token()
        .flatMap(
            token ->
                request
                    .apply(token.value())
                    .flatMap(
                        response ->
                            response.statusCode() == 401
                                ? replacement(token, response)
                                    .flatMap(next -> request.apply(next.value()))
                                : Mono.just(response)));
  }

  private Mono<AccessToken> replacement(AccessToken rejected, HttpResponse<?> response) {
    String claims =
        ClaimsChallenge.parse(response.headers()).map(ClaimsChallenge::claims).orElse(null);
    return Mono.fromFuture(() -> tokens.replaceAsync(rejected, claims));
  }

  /** Signs in again for what an exception requires. Who cancels it cancels the sign-in. */
  public Mono<SignInResult> signIn(SignInRequired why, Consumer<SignIn> show) {
    return Mono.fromFuture(() -> client.beginSignInAsync(why))
        .doOnNext(show)
        .flatMap(signIn -> Mono.fromFuture(signIn::result).doOnCancel(signIn::cancel));
  }
}
