package dev.latchkey.internal.oauth;

import com.google.gson.JsonObject;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.internal.json.Json;
import dev.latchkey.internal.json.MalformedJson;
import dev.latchkey.internal.text.Text;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The claims of an ID token: who signed in. The names are cleaned. The identifiers are verbatim,
 * and safe to show, too. One with control or invisible characters is ignored.
 *
 * @param issuer {@code iss}
 * @param subject {@code sub}: who, unique within the issuer
 * @param audience {@code aud}: the clients it is meant for
 * @param expiry {@code exp}; null if it is missing or not a number
 * @param authorizedParty {@code azp}: the client it was issued to
 * @param objectId {@code oid}: Entra's id of the user in the tenant
 * @param tenantId {@code tid}: Entra's id of the tenant
 * @param preferredUsername {@code preferred_username}: for people, not for decisions
 * @param name {@code name}: for people, not for decisions
 * @param nonce {@code nonce}: that of the request that the token answers; null if it is missing
 */
public record IdToken(
    String issuer,
    String subject,
    List<String> audience,
    @Nullable Instant expiry,
    @Nullable String authorizedParty,
    @Nullable String objectId,
    @Nullable String tenantId,
    @Nullable String preferredUsername,
    @Nullable String name,
    @Nullable String nonce) {

  private static final int MAX_NAME_LENGTH = 300;

  /** OpenID Connect Core §2 allows 255 for {@code sub}; an issuer is a URL. */
  private static final int MAX_IDENTIFIER_LENGTH = 1_000;

  /** The tolerance for clocks, besides the known skew. */
  private static final Duration LEEWAY = Duration.ofMinutes(5);

  private static final String CHECK_ISSUER =
      "Use the issuer exactly as the server writes it, a final slash included, if you trust it.";
  private static final String CHECK_CLOCK =
      "Check the date, the time and the time zone of this machine; if they are right, report it to"
          + " the operator of the server.";

  /** Copies the list. */
  public IdToken {
    audience = List.copyOf(audience);
  }

  /**
   * Reads the claims without verifying them.
   *
   * @throws InvalidResponse if the text is not a JWT, or if it does not say who signed in where
   */
  public static IdToken parse(String jwt) {
    try {
      JsonObject claims = claims(jwt);
      return new IdToken(
          identifier(claims, "iss"),
          identifier(claims, "sub"),
          Json.strings(claims, "aud"),
          time(claims, "exp"),
          Json.stringOrNull(claims, "azp"),
          Text.verbatim(Json.stringOrNull(claims, "oid"), MAX_IDENTIFIER_LENGTH),
          Text.verbatim(Json.stringOrNull(claims, "tid"), MAX_IDENTIFIER_LENGTH),
          Text.cleanName(Json.stringOrNull(claims, "preferred_username"), MAX_NAME_LENGTH),
          Text.cleanName(Json.stringOrNull(claims, "name"), MAX_NAME_LENGTH),
          Text.verbatim(Json.stringOrNull(claims, "nonce"), MAX_NAME_LENGTH));
    } catch (MalformedJson e) {
      throw new InvalidResponse("The ID token cannot be read: " + e.getMessage(), null, null, e);
    }
  }

  /**
   * Checks that the token comes from the issuer, is meant for this client and has not expired.
   *
   * <p>The signature is not checked. OpenID Connect Core §3.1.3.7, 6: "If the ID Token is received
   * via direct communication between the Client and the Token Endpoint (which it is in this flow),
   * the TLS server validation MAY be used to validate the issuer in place of checking the token
   * signature." No ID token reaches this class in another way.
   *
   * @param expectedIssuer the issuer, or a {@link TenantTemplate}; null if it is unknown
   * @param clientId the client that asked
   * @param now the server's time, as far as it is known; five minutes are tolerated
   * @throws InvalidResponse naming the claim that is wrong
   * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation">OpenID
   *     Connect Core §3.1.3.7</a>
   */
  public void verify(@Nullable String expectedIssuer, String clientId, Instant now) {
    if (expectedIssuer != null) {
      requireIssuer(expectedIssuer);
    }
    if (!audience.contains(clientId)) {
      throw wrong("aud", "the token is not meant for this client", null);
    }
    // "MUST be rejected … if it contains additional audiences not trusted by the Client": a token
    // issued to this client may name others, too.
    if (audience.size() > 1 && authorizedParty == null) {
      throw wrong("azp", "the token is meant for several clients and was issued to none", null);
    }
    if (!isFor(clientId)) {
      throw wrong("azp", "the token was issued to another client", null);
    }
    if (expiry == null) {
      throw wrong("exp", "it is missing", null);
    }
    if (!now.minus(LEEWAY).isBefore(expiry)) {
      throw wrong(
          "exp",
          "it was " + expiry + ", and it is " + now + " by this machine's clock",
          CHECK_CLOCK);
    }
  }

  /**
   * Checks that the token answers this request. "The value is passed through unmodified from the
   * Authentication Request to the ID Token."
   *
   * @throws InvalidResponse if it answers another one, or none
   */
  public void requireNonce(String expected) {
    if (!expected.equals(nonce)) {
      throw wrong("nonce", "the token does not answer this sign-in", null);
    }
  }

  private void requireIssuer(String expected) {
    String issuerOfTenant = TenantTemplate.issuer(expected, tenantId);
    if (issuerOfTenant == null) {
      throw wrong("tid", "it is not the id of a tenant, but the issuer depends on it", null);
    }
    if (!issuer.equals(issuerOfTenant)) {
      String why = "the server calls itself " + shown(issuer) + ", not " + shown(issuerOfTenant);
      throw wrong("iss", why, CHECK_ISSUER);
    }
  }

  /**
   * The issuer that this token should name.
   *
   * @param expected the issuer, or a {@link TenantTemplate}; null if it is unknown
   * @return the issuer, or the template itself if the token names no tenant; null if it is unknown
   */
  public @Nullable String issuerOf(@Nullable String expected) {
    String ofTenant = expected == null ? null : TenantTemplate.issuer(expected, tenantId);
    return ofTenant == null ? expected : ofTenant;
  }

  /** Whether it shows no other client that it was meant for, or issued to, than this one. */
  public boolean isFor(String clientId) {
    return (audience.isEmpty() || audience.contains(clientId))
        && (authorizedParty == null || authorizedParty.equals(clientId));
  }

  private static InvalidResponse wrong(String claim, String why, @Nullable String remedy) {
    return new InvalidResponse(
        "The ID token's \"" + claim + "\" claim is wrong: " + why, null, remedy, null);
  }

  /** An identifier of the server, as an error may show it. */
  public static @Nullable String shown(@Nullable String identifier) {
    return Text.clean(identifier, MAX_NAME_LENGTH);
  }

  /**
   * Identifiers are compared and are keys, so they are kept verbatim or not at all: two that differ
   * only in what nobody sees, or no encoding can carry, would name one person. Without an issuer
   * and a subject there is nobody to sign in; an object or a tenant may be unknown.
   *
   * @throws MalformedJson if it is missing, or cannot be compared
   */
  private static String identifier(JsonObject claims, String name) {
    String id = Text.verbatim(Json.requiredString(claims, name), MAX_IDENTIFIER_LENGTH);
    if (id == null) {
      throw new MalformedJson("\"" + name + "\" is not an identifier");
    }
    return id;
  }

  private static JsonObject claims(String jwt) {
    String[] parts = jwt.split("\\.", -1);
    if (parts.length != 3) {
      throw new MalformedJson("not a signed JWT");
    }
    try {
      return Json.object(Base64.getUrlDecoder().decode(parts[1]));
    } catch (IllegalArgumentException e) {
      throw new MalformedJson("not base64url");
    }
  }

  private static @Nullable Instant time(JsonObject claims, String name) {
    Long seconds = Json.whole(claims, name, RoundingMode.FLOOR);
    if (seconds == null) {
      return null;
    }
    long clamped =
        Math.max(Instant.MIN.getEpochSecond(), Math.min(Instant.MAX.getEpochSecond(), seconds));
    return Instant.ofEpochSecond(clamped);
  }

  /** Leaves out the person. */
  @Override
  public String toString() {
    return "IdToken[issuer=" + issuer + ", expiry=" + expiry + "]";
  }
}
