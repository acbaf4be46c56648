package dev.latchkey.internal.signin;

import dev.latchkey.BrowserSignIn;
import dev.latchkey.HttpExchange.Kind;
import dev.latchkey.LoopbackRedirect;
import dev.latchkey.error.AppMisconfigured;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.internal.browser.LoopbackServer;
import dev.latchkey.internal.concurrent.Futures;
import dev.latchkey.internal.error.Context;
import dev.latchkey.internal.error.OAuthErrorMapper;
import dev.latchkey.internal.http.TransportFailure;
import dev.latchkey.internal.metadata.Metadata;
import dev.latchkey.internal.oauth.CodeVerifier;
import dev.latchkey.internal.oauth.Form;
import dev.latchkey.internal.oauth.PushedAuthorizationResponse;
import dev.latchkey.internal.oauth.Reply;
import dev.latchkey.internal.session.ClientConfig;
import dev.latchkey.internal.session.Sessions;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sign-in with an authorization code, up to the request that the browser carries to the server. A
 * {@link RedirectedSignIn} waits for the answer from there on.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8252#section-7.3">RFC 8252 §7.3</a>
 */
public final class CodeSignIn {

  private static final Logger log = LoggerFactory.getLogger(CodeSignIn.class);
  private static final Context PUSH = Context.of(Context.Request.PUSHED_AUTHORIZATION);

  private static final String OTHER_WAY =
      "Sign in with a device code, or name the authorization endpoint of the server.";
  private static final String FREE_A_PORT =
      "End the program that uses the port, or sign in with a device code.";

  private final ClientConfig config;
  private final Sessions sessions;
  private final SignInRequest request;
  private final @Nullable String claims;

  /**
   * Creates one; it does nothing before {@link #begin()}.
   *
   * @throws IllegalArgumentException if the claims that the request requires are not a JSON object
   */
  public CodeSignIn(ClientConfig config, Sessions sessions, SignInRequest request) {
    this.config = config;
    this.sessions = sessions;
    this.request = request;
    this.claims = request.claims(config);
  }

  /**
   * Takes a port and makes the request, after a discovery if the metadata is not known yet. Sends
   * no other request, unless the server takes pushed ones only. If the future is cancelled, nothing
   * is left of the sign-in; a discovery goes on, because others may wait for it.
   */
  public CompletableFuture<RedirectedSignIn> begin() {
    CompletableFuture<RedirectedSignIn> begun = new CompletableFuture<>();
    Futures.then(
        request
            .scopes(config, sessions)
            .thenCompose(
                scopes ->
                    Beginning.remembering(
                            config.server().metadata(config.exchange().get()), sessions)
                        .thenCompose(metadata -> pending(metadata, scopes, begun))),
        (signIn, failure) -> {
          if (failure != null) {
            begun.completeExceptionally(failure);
          } else if (!begun.complete(signIn)) {
            signIn.cancel(); // cancelled a moment ago
          }
        });
    return begun;
  }

  /** The same without blocking. If the future is cancelled, nothing is left of the sign-in. */
  public CompletableFuture<BrowserSignIn> beginAsync() {
    return Beginning.async(config.callbacks(), this::begin, RedirectedSignIn::cancel);
  }

  private CompletableFuture<RedirectedSignIn> pending(
      Metadata metadata, Set<String> scopes, CompletableFuture<RedirectedSignIn> begun) {
    URI endpoint = metadata.authorizationEndpoint();
    if (endpoint == null) {
      throw new AppMisconfigured(
          config.server().id() + " offers no authorization endpoint", null, OTHER_WAY, null);
    }
    if (metadata.requiresPushedRequests()) {
      Beginning.check(sessions); // what it throws came of an earlier request
    }
    LoopbackServer server = bind();
    CompletableFuture<RedirectedSignIn> pending;
    try {
      pending = pending(metadata, endpoint, scopes, server, begun);
    } catch (RuntimeException | Error e) {
      server.abandon();
      throw e;
    }
    Futures.then(
        pending,
        (signIn, failure) -> {
          if (failure != null) {
            server.abandon();
          }
        });
    return pending;
  }

  private CompletableFuture<RedirectedSignIn> pending(
      Metadata metadata,
      URI endpoint,
      Set<String> scopes,
      LoopbackServer server,
      CompletableFuture<RedirectedSignIn> begun) {
    CodeVerifier verifier = CodeVerifier.random();
    String state = CodeVerifier.randomText();
    String nonce = scopes.contains("openid") ? CodeVerifier.randomText() : null;
    String redirectUri = "http://" + server.authority() + config.redirect().path();
    Locale locale = request.locale();
    Form form =
        request
            .form(config, scopes)
            .add("response_type", "code")
            .add("response_mode", "query")
            .add("redirect_uri", redirectUri)
            .add(
                "prompt",
                scopes.contains("offline_access") ? config.server().promptForOfflineAccess() : null)
            .add("state", state)
            .add("nonce", nonce)
            .add("code_challenge", verifier.challenge())
            .add("code_challenge_method", "S256")
            .add(
                config.server().languageParameter(),
                locale == null ? null : locale.toLanguageTag());
    Form redemption =
        new Form()
            .add("grant_type", "authorization_code")
            .add("client_id", config.clientId())
            .add("redirect_uri", redirectUri)
            .add("code_verifier", verifier.value())
            .add("claims", claims);
    UnaryOperator<LatchkeyException> explained =
        failure -> request.explained(failure, config, scopes);
    return parameters(metadata, form, explained, begun)
        .thenApply(
            parameters -> {
              RedirectedSignIn signIn =
                  new RedirectedSignIn(
                      withQuery(endpoint, parameters),
                      URI.create(redirectUri),
                      new AuthorizationResponse(state, metadata.issuer(), metadata.namesItself()),
                      redemption,
                      metadata.tokenEndpoint(),
                      server,
                      config,
                      explained,
                      new SignInCommit(
                          config,
                          sessions,
                          metadata.issuer(),
                          request.requirements().accountId(),
                          scopes,
                          nonce));
              signIn.start();
              return signIn;
            });
  }

  /**
   * What the browser carries: the parameters, or, where the server takes pushed requests only, what
   * stands for them. A server that merely offers to take them gets none: it is one request more,
   * and PKCE protects the code all the same.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9126#section-4">RFC 9126 §4</a>
   */
  private CompletableFuture<Form> parameters(
      Metadata metadata,
      Form form,
      UnaryOperator<LatchkeyException> explained,
      CompletableFuture<RedirectedSignIn> begun) {
    if (!metadata.requiresPushedRequests()) {
      return CompletableFuture.completedFuture(form);
    }
    URI endpoint = metadata.pushedAuthorizationEndpoint();
    if (endpoint == null) {
      throw new InvalidResponse(
          "The metadata of "
              + config.server().id()
              + " require pushed authorization requests, and name no endpoint for them",
          null,
          null,
          null);
    }
    if (begun.isDone()) {
      throw new CancellationException("cancelled");
    }
    CompletableFuture<Reply> call =
        config.exchange().get().post(Kind.PUSHED_AUTHORIZATION, endpoint, form, Map.of());
    Futures.then(begun, (signIn, failure) -> call.cancel(true));
    return Beginning.remembering(
        call.handle(
            (reply, failure) -> {
              if (failure == null) {
                return pushed(reply, explained);
              }
              throw Futures.unwrap(failure) instanceof TransportFailure broken
                  ? OAuthErrorMapper.toException(broken, PUSH)
                  : Futures.unchecked(failure);
            }),
        sessions);
  }

  private Form pushed(Reply reply, UnaryOperator<LatchkeyException> explained) {
    config.clock().observe(reply);
    if (!reply.ok()) {
      throw explained.apply(OAuthErrorMapper.toException(reply, PUSH));
    }
    sessions.signInBackoff().clear();
    PushedAuthorizationResponse pushed = PushedAuthorizationResponse.parse(reply);
    log.debug("pushed the authorization request: {}", pushed);
    return new Form().add("client_id", config.clientId()).add("request_uri", pushed.requestUri());
  }

  private LoopbackServer bind() {
    LoopbackRedirect redirect = config.redirect();
    String host = redirect.host() == null ? config.server().loopbackHost() : redirect.host();
    try {
      return LoopbackServer.bind(host, redirect.ports(), redirect.path(), config.time());
    } catch (IOException e) {
      String ports = redirect.ports().isEmpty() ? "port" : "port of " + redirect.ports();
      throw new ServiceUnavailable(
          null, "No " + ports + " is free on " + host + " for the browser", null, FREE_A_PORT, e);
    }
  }

  /**
   * RFC 6749 §3.1: a query of the endpoint "MUST be retained when adding additional" parameters.
   */
  private static URI withQuery(URI endpoint, Form form) {
    String mark = endpoint.getRawQuery() == null ? "?" : "&";
    return URI.create(endpoint + mark + form.encode());
  }
}
