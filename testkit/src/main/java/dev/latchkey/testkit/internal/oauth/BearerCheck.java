package dev.latchkey.testkit.internal.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.testkit.internal.grant.IssuedToken;
import dev.latchkey.testkit.internal.grant.IssuedTokens;
import dev.latchkey.testkit.internal.grant.Requirements;
import dev.latchkey.testkit.internal.http.Request;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Checks the access token of a request to a resource: to userinfo, or to another that is mounted
 * beside it.
 */
public final class BearerCheck {

  /**
   * The outcome: a token or a challenge.
   *
   * @param token null if it is missing, invalid or lacks claims
   * @param challenge for {@code WWW-Authenticate}; empty if there is a token
   */
  public record Outcome(@Nullable IssuedToken token, String challenge) {}

  private final IssuedTokens accessTokens;
  private final Requirements requirements;

  public BearerCheck(IssuedTokens accessTokens, Requirements requirements) {
    this.accessTokens = accessTokens;
    this.requirements = requirements;
  }

  public Outcome check(Request request) {
    return check(request, new Requirements());
  }

  /** Like {@link #check(Request)}, with additional requirements of this resource. */
  public Outcome check(Request request, Requirements more) {
    String realm = realm(request);
    var authorization = request.header("Authorization");
    if (authorization == null || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
      // RFC 6750 §3.1: no error code for a request without any authentication information.
      return new Outcome(null, realm);
    }
    var token = accessTokens.findValid(authorization.substring(7).trim());
    if (token == null) {
      return new Outcome(
          null,
          realm + ", error=\"invalid_token\", error_description=\"Expired, revoked or unknown\"");
    }
    return requirements
        .unmetBy(token)
        .or(() -> more.unmetBy(token))
        .map(claims -> new Outcome(null, realm + claimsChallenge(claims)))
        .orElseGet(() -> new Outcome(token, ""));
  }

  /** The challenge of every resource, without an error. */
  public static String realm(Request request) {
    return "Bearer realm=\"\", authorization_uri=\"%s/common/oauth2/v2.0/authorize\""
        .formatted(request.baseUrl());
  }

  private static String claimsChallenge(String claims) {
    return ", error=\"insufficient_claims\", claims=\"%s\""
        .formatted(Base64.getEncoder().encodeToString(claims.getBytes(UTF_8)));
  }
}
