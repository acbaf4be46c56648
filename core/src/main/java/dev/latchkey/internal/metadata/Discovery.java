package dev.latchkey.internal.metadata;

import com.google.gson.JsonObject;
import dev.latchkey.error.AppMisconfigured;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.internal.error.Context;
import dev.latchkey.internal.error.OAuthErrorMapper;
import dev.latchkey.internal.http.SecureUri;
import dev.latchkey.internal.http.TransportFailure;
import dev.latchkey.internal.json.Json;
import dev.latchkey.internal.json.MalformedJson;
import dev.latchkey.internal.oauth.Exchange;
import dev.latchkey.internal.oauth.Reply;
import dev.latchkey.internal.oauth.TenantTemplate;
import dev.latchkey.internal.text.Text;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Fetches the metadata of a server: by OpenID Connect Discovery, or else by RFC 8414. */
public final class Discovery {

  private static final Context CONTEXT = Context.of(Context.Request.DISCOVERY);
  private static final String CHECK_ISSUER =
      "Check the issuer URL, or give the endpoints of the server one by one.";
  private static final String USE_ITS_NAME =
      "Use the issuer exactly as the server writes it, a final slash included, if you trust it.";
  private static final String USE_ENTRA =
      "Name another cloud of Entra by Entra.authorityHost; no other server has a name for all"
          + " tenants.";

  private Discovery() {}

  /**
   * Fetches the metadata. Sends one request or two, and retries neither.
   *
   * @param issuer exactly as the server writes it; https, or http on loopback, without query
   * @return the metadata. Fails with a {@link LatchkeyException}: {@code ServiceUnavailable} or
   *     {@code Throttled} if the server does not answer, {@link InvalidResponse} if the answer
   *     cannot be trusted, {@link AppMisconfigured} if there is no metadata
   * @throws IllegalArgumentException if the URI is not an issuer
   * @see <a href="https://www.rfc-editor.org/rfc/rfc8414#section-3">RFC 8414 §3</a>
   */
  public static CompletableFuture<Metadata> discover(Exchange exchange, URI issuer) {
    SecureUri.check(issuer);
    if (issuer.getRawQuery() != null || issuer.getRawFragment() != null) {
      throw new IllegalArgumentException("An issuer has neither query nor fragment");
    }
    return get(exchange, openIdUri(issuer))
        .thenCompose(
            first ->
                first.ok()
                    ? CompletableFuture.completedFuture(first)
                    : get(exchange, rfc8414Uri(issuer)).thenApply(second -> best(first, second)))
        .thenApply(reply -> read(reply, issuer));
  }

  /** "any terminating / MUST be removed before appending /.well-known/openid-configuration". */
  static URI openIdUri(URI issuer) {
    return URI.create(origin(issuer) + path(issuer) + "/.well-known/openid-configuration");
  }

  /** "inserting a well-known URI string … between the host component and the path component". */
  static URI rfc8414Uri(URI issuer) {
    return URI.create(origin(issuer) + "/.well-known/oauth-authorization-server" + path(issuer));
  }

  private static String origin(URI issuer) {
    return issuer.getScheme() + "://" + issuer.getRawAuthority();
  }

  private static String path(URI issuer) {
    return issuer.getRawPath().replaceFirst("/$", "");
  }

  private static CompletableFuture<Reply> get(Exchange exchange, URI uri) {
    return exchange
        .get(uri)
        .handle(
            (reply, failure) -> {
              if (failure != null) {
                throw failure instanceof TransportFailure transport
                    ? OAuthErrorMapper.toException(transport, CONTEXT)
                    : new InvalidResponse(
                        "The server's metadata could not be read", null, null, failure);
              }
              boolean notTheIssuer =
                  switch (reply.status()) {
                    case 407, 408, 429 -> true;
                    default -> reply.status() >= 500 || reply.status() / 100 == 3;
                  };
              if (notTheIssuer) {
                throw OAuthErrorMapper.toException(reply, CONTEXT);
              }
              return reply;
            });
  }

  /** Of two failures, the one that says more. */
  private static Reply best(Reply openId, Reply rfc8414) {
    return rfc8414.status() == 404 ? openId : rfc8414;
  }

  static Metadata read(Reply reply, URI asked) {
    JsonObject json = reply.json();
    if (json == null || !reply.ok()) {
      String message = "No metadata at " + asked + ": the server answered " + reply.describe();
      throw reply.status() / 100 == 4
          ? new AppMisconfigured(message, reply.error(), CHECK_ISSUER, null)
          : new InvalidResponse(message, reply.error(), CHECK_ISSUER, null);
    }
    try {
      String issuer = Json.requiredString(json, "issuer");
      checkIssuer(issuer, asked);
      return new Metadata(
          issuer,
          optionalEndpoint(json, "device_authorization_endpoint", asked),
          browserEndpoint(json, "authorization_endpoint", asked),
          endpoint("token_endpoint", Json.requiredString(json, "token_endpoint"), asked),
          optionalEndpoint(json, "revocation_endpoint", asked),
          browserEndpoint(json, "pushed_authorization_request_endpoint", asked),
          Json.isTrue(json, "require_pushed_authorization_requests"),
          Json.isTrue(json, "authorization_response_iss_parameter_supported"));
    } catch (MalformedJson e) {
      throw new InvalidResponse(
          "The metadata of " + asked + " cannot be used: " + e.getMessage(), null, null, e);
    }
  }

  /**
   * "The issuer value returned MUST be identical to the authorization server's issuer identifier".
   * Entra's exception: asked for {@code …/common/v2.0}, it returns {@code …/{tenantid}/v2.0}.
   */
  private static void checkIssuer(String returned, URI asked) {
    if (returned.equals(asked.toString()) || EntraEndpoints.isTemplateOf(returned, asked)) {
      return;
    }
    boolean template = returned.contains(TenantTemplate.TENANT);
    throw new InvalidResponse(
        "The server at " + asked + " calls itself " + Text.clean(returned, 300),
        null,
        template ? USE_ENTRA : USE_ITS_NAME,
        null);
  }

  /** An endpoint of sign-ins with a browser, whose flaws are no matter of one without. */
  private static @Nullable URI browserEndpoint(JsonObject json, String name, URI issuer) {
    String text = Json.stringOrNull(json, name);
    URI uri = text == null ? null : SecureUri.readFrom(issuer, text);
    return uri == null || uri.getRawFragment() != null ? null : uri;
  }

  private static @Nullable URI optionalEndpoint(JsonObject json, String name, URI issuer) {
    String text = Json.string(json, name);
    return text == null || text.isEmpty() ? null : endpoint(name, text, issuer);
  }

  private static URI endpoint(String name, String text, URI issuer) {
    URI uri = SecureUri.readFrom(issuer, text);
    if (uri == null) {
      throw new MalformedJson(
          "\"" + name + "\" is not https, or http on loopback from an issuer on loopback");
    }
    if (uri.getRawFragment() != null) { // RFC 6749 §3.2: "MUST NOT include a fragment component"
      throw new MalformedJson("\"" + name + "\" has a fragment");
    }
    return uri;
  }
}
