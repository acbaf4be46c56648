package dev.latchkey.internal.signin;

import dev.latchkey.HttpExchange.Kind;
import dev.latchkey.SignIn;
import dev.latchkey.error.AppMisconfigured;
import dev.latchkey.internal.concurrent.Futures;
import dev.latchkey.internal.error.Context;
import dev.latchkey.internal.error.OAuthErrorMapper;
import dev.latchkey.internal.http.TransportFailure;
import dev.latchkey.internal.metadata.Metadata;
import dev.latchkey.internal.oauth.DeviceAuthorizationResponse;
import dev.latchkey.internal.oauth.Exchange;
import dev.latchkey.internal.oauth.Form;
import dev.latchkey.internal.oauth.Reply;
import dev.latchkey.internal.session.ClientConfig;
import dev.latchkey.internal.session.Sessions;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A device sign-in from its first request to the device authorization. A {@link PollingSignIn}
 * waits for the person from there on, and a {@link SignInCommit} stores what comes of it.
 */
public final class DeviceSignIn {

  private static final String GRANT_TYPE = "urn:ietf:params:oauth:grant-type:device_code";
  private static final String NO_DEVICE =
      "Switch on the device authorization grant (RFC 8628) at the server, or sign in with a browser"
          + " on this computer (beginBrowserSignIn).";
  private static final Context BEGIN = Context.of(Context.Request.DEVICE_AUTHORIZATION);

  private final ClientConfig config;
  private final Sessions sessions;
  private final SignInRequest request;
  private final @Nullable String claims;

  /**
   * Creates one; it does nothing before {@link #begin()}.
   *
   * @throws IllegalArgumentException if the claims that the request requires are not a JSON object
   */
  public DeviceSignIn(ClientConfig config, Sessions sessions, SignInRequest request) {
    this.config = config;
    this.sessions = sessions;
    this.request = request;
    this.claims = request.claims(config);
  }

  /**
   * Asks the store whether it would take a session, then sends the device authorization request,
   * after a discovery if the metadata is not known yet. Cancelling the future aborts the request or
   * prevents it. A discovery goes on, because others may wait for it.
   */
  public CompletableFuture<PollingSignIn> begin() {
    Beginning.check(sessions);
    Exchange exchange = config.exchange().get();
    CompletableFuture<PollingSignIn> begun = new CompletableFuture<>();
    Futures.then(
        request
            .scopes(config, sessions)
            .thenCompose(
                scopes ->
                    config
                        .server()
                        .metadata(exchange)
                        .thenCompose(metadata -> ask(exchange, metadata, scopes, begun))),
        (signIn, failure) -> {
          if (failure != null) {
            begun.completeExceptionally(Beginning.remembered(failure, sessions));
          } else if (!begun.complete(signIn)) {
            signIn.cancel(); // cancelled a moment ago
          }
        });
    return begun;
  }

  /** The same without blocking. Cancelling the future aborts the request or prevents it. */
  public CompletableFuture<SignIn> beginAsync() {
    return Beginning.async(config.callbacks(), this::begin, PollingSignIn::cancel);
  }

  private CompletableFuture<PollingSignIn> ask(
      Exchange exchange,
      Metadata metadata,
      Set<String> scopes,
      CompletableFuture<PollingSignIn> begun) {
    if (begun.isDone()) {
      throw new CancellationException("cancelled");
    }
    URI endpoint = metadata.deviceAuthorizationEndpoint();
    if (endpoint == null) {
      throw new AppMisconfigured(
          config.server().id() + " offers no device authorization endpoint", null, NO_DEVICE, null);
    }
    Form form = request.form(config, scopes);
    Locale locale = request.locale();
    Map<String, String> headers =
        locale == null ? Map.of() : Map.of("Accept-Language", locale.toLanguageTag());
    CompletableFuture<Reply> call =
        exchange.post(
            Kind.DEVICE_AUTHORIZATION,
            config.server().deviceAuthorizationEndpoint(endpoint, locale),
            form,
            headers);
    Futures.then(begun, (signIn, failure) -> call.cancel(true));
    return call.handle(
        (reply, failure) -> {
          if (failure == null) {
            return pending(metadata, endpoint, scopes, reply);
          }
          throw Futures.unwrap(failure) instanceof TransportFailure broken
              ? OAuthErrorMapper.toException(broken, BEGIN)
              : Futures.unchecked(failure);
        });
  }

  private PollingSignIn pending(Metadata metadata, URI endpoint, Set<String> scopes, Reply reply) {
    config.clock().observe(reply);
    if (!reply.ok()) {
      throw request.explained(OAuthErrorMapper.toException(reply, BEGIN), config, scopes);
    }
    sessions.signInBackoff().clear();
    DeviceAuthorizationResponse answer = DeviceAuthorizationResponse.parse(reply, endpoint);
    Form poll =
        new Form()
            .add("grant_type", GRANT_TYPE)
            .add("client_id", config.clientId())
            .add("device_code", answer.deviceCode())
            .add("claims", claims);
    PollingSignIn signIn =
        new PollingSignIn(
            answer.shown(),
            reply,
            metadata.tokenEndpoint(),
            poll,
            config,
            request,
            new SignInCommit(
                config, sessions, metadata.issuer(), request.requirements().accountId(), scopes));
    signIn.start();
    return signIn;
  }
}
