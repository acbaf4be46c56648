package dev.latchkey.internal.signin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.OAuthError;
import dev.latchkey.internal.error.Context;
import dev.latchkey.internal.error.OAuthErrorMapper;
import dev.latchkey.internal.oauth.IdToken;
import dev.latchkey.internal.oauth.OAuthErrors;
import dev.latchkey.internal.oauth.TenantTemplate;
import dev.latchkey.internal.text.Redaction;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pure part of a sign-in in the browser: decides what a request to the redirect URI means.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2">RFC 6749 §4.1.2</a>
 */
final class AuthorizationResponse {

  /** What a request to the redirect URI is. */
  sealed interface Meaning {}

  /** Not the answer to this sign-in: any page and any program of this machine can send one. */
  record Foreign() implements Meaning {}

  /** The person approved. */
  record Code(String code) implements Meaning {

    /** Leaves out the code. */
    @Override
    public String toString() {
      return "Code[redacted]";
    }
  }

  /** The sign-in is over. */
  record Failed(LatchkeyException failure) implements Meaning {}

  /** Stands for the HTTP status: an error that comes by redirect has none of its own. */
  private static final int REDIRECTED = 302;

  private static final Context CONTEXT = Context.of(Context.Request.AUTHORIZATION);

  private final String state;
  private final @Nullable String issuer;
  private final boolean namesItself;

  /**
   * Prepares for the answer to one request.
   *
   * @param state that of the request; an answer without it counts for nothing
   * @param issuer the server that was asked; null if its name is unknown
   * @param namesItself whether its answers hold {@code iss}
   */
  AuthorizationResponse(String state, @Nullable String issuer, boolean namesItself) {
    this.state = state;
    this.issuer = issuer;
    this.namesItself = namesItself;
  }

  Meaning meaning(String query) {
    Set<String> repeated = new HashSet<>();
    Map<String, String> parameters = parameters(query, repeated);
    String sent = parameters.getOrDefault("state", "");
    if (repeated.contains("state") || !MessageDigest.isEqual(bytes(sent), bytes(state))) {
      return new Foreign();
    }
    String wrongServer = wrongServer(parameters.get("iss"));
    if (wrongServer != null) {
      return invalid(wrongServer);
    }
    if (!repeated.isEmpty()) { // RFC 6749 §3.1: "MUST NOT be included more than once"
      return invalid("it has a parameter twice");
    }
    OAuthError error = error(parameters);
    if (error != null) {
      return new Failed(OAuthErrorMapper.toException(error, CONTEXT));
    }
    String code = parameters.getOrDefault("code", "");
    return code.isEmpty() ? invalid("it has neither a code nor an error") : new Code(code);
  }

  /**
   * RFC 9207 §2.4: "compare the result to the issuer identifier of the authorization server where
   * the authorization request was sent to", or else the code of one server would go to another.
   */
  private @Nullable String wrongServer(@Nullable String iss) {
    if (iss == null) {
      return namesItself ? "it does not name its server, which names itself otherwise" : null;
    }
    return issuer == null || TenantTemplate.fits(issuer, iss)
        ? null
        : "it comes from " + IdToken.shown(iss) + ", not from " + issuer;
  }

  private @Nullable OAuthError error(Map<String, String> parameters) {
    JsonObject json = new JsonObject();
    parameters.forEach(json::addProperty);
    Redaction redaction = new Redaction(state);
    return OAuthErrors.read(REDIRECTED, json, redaction::in);
  }

  private static Failed invalid(String why) {
    return new Failed(
        new InvalidResponse(
            "The answer that the browser brought cannot be used: " + why, null, null, null));
  }

  /** Reads a query; what cannot be decoded is left out, and of what comes twice the first stays. */
  private static Map<String, String> parameters(String query, Set<String> repeated) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        try {
          String name = URLDecoder.decode(pair.substring(0, equals), UTF_8);
          String value = URLDecoder.decode(pair.substring(equals + 1), UTF_8);
          if (parameters.putIfAbsent(name, value) != null) {
            repeated.add(name);
          }
        } catch (IllegalArgumentException e) {
          // Left out.
        }
      }
    }
    return parameters;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
