package dev.latchkey.internal.oauth;

import com.google.gson.JsonObject;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.internal.json.Json;
import dev.latchkey.internal.json.MalformedJson;
import dev.latchkey.internal.text.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The claims of an ID token: who signed in. The names are safe to show; the identifiers are
 * verbatim.
 *
 * @param issuer {@code iss}
 * @param subject {@code sub}: who, unique within the issuer
 * @param audience {@code aud}: the clients it is meant for
 * @param expiry {@code exp}
 * @param authorizedParty {@code azp}: the client it was issued to
 * @param objectId {@code oid}: Entra's id of the user in the tenant
 * @param tenantId {@code tid}: Entra's id of the tenant
 * @param preferredUsername {@code preferred_username}: for people, not for decisions
 * @param name {@code name}: for people, not for decisions
 */
public record IdToken(
    String issuer,
    String subject,
    List<String> audience,
    Instant expiry,
    @Nullable String authorizedParty,
    @Nullable String objectId,
    @Nullable String tenantId,
    @Nullable String preferredUsername,
    @Nullable String name) {

  /** Stands for the user's tenant in the issuer of Entra's metadata. */
  public static final String TENANT = "{tenantid}";

  private static final Pattern TENANT_ID = Pattern.compile("[A-Za-z0-9.-]+");
  private static final int MAX_NAME_LENGTH = 300;

  /** Copies the list. */
  public IdToken {
    audience = List.copyOf(audience);
  }

  /**
   * Reads the claims without verifying them.
   *
   * @throws InvalidResponse if the text is not a JWT, or if a claim that every ID token has is
   *     missing
   */
  public static IdToken parse(String jwt) {
    try {
      JsonObject claims = claims(jwt);
      return new IdToken(
          Json.requiredString(claims, "iss"),
          Json.requiredString(claims, "sub"),
          Json.strings(claims, "aud"),
          expiry(claims),
          Json.stringOrNull(claims, "azp"),
          Json.stringOrNull(claims, "oid"),
          Json.stringOrNull(claims, "tid"),
          Text.clean(Json.stringOrNull(claims, "preferred_username"), MAX_NAME_LENGTH),
          Text.clean(Json.stringOrNull(claims, "name"), MAX_NAME_LENGTH));
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
   * @param expectedIssuer the issuer; may hold {@code {tenantid}}, which stands for the token's own
   *     {@code tid}; null if the issuer is unknown
   * @param clientId the client that asked
   * @param now the server's time, as far as it is known
   * @param leeway by how much the clocks may differ
   * @throws InvalidResponse naming the claim that is wrong
   * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation">OpenID
   *     Connect Core §3.1.3.7</a>
   */
  public void verify(
      @Nullable String expectedIssuer, String clientId, Instant now, Duration leeway) {
    if (expectedIssuer != null && !issuer.equals(withTenant(expectedIssuer))) {
      throw wrong("iss", "it names another issuer than the one asked");
    }
    if (!audience.contains(clientId)) {
      throw wrong("aud", "the token is not meant for this client");
    }
    // "MUST be rejected … if it contains additional audiences not trusted by the Client": a token
    // issued to this client may name others, too.
    if (audience.size() > 1 && !clientId.equals(authorizedParty)) {
      throw wrong("azp", "the token is meant for several clients and was not issued to this one");
    }
    if (!now.minus(leeway).isBefore(expiry)) {
      throw wrong("exp", "it has expired");
    }
  }

  private String withTenant(String expectedIssuer) {
    if (!expectedIssuer.contains(TENANT)) {
      return expectedIssuer;
    }
    if (tenantId == null || !TENANT_ID.matcher(tenantId).matches()) {
      throw wrong("tid", "it is missing, but the issuer depends on it");
    }
    return expectedIssuer.replace(TENANT, tenantId);
  }

  private static InvalidResponse wrong(String claim, String why) {
    return new InvalidResponse(
        "The ID token's \"" + claim + "\" claim is wrong: " + why, null, null, null);
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

  private static Instant expiry(JsonObject claims) {
    long seconds = Json.requiredWhole(claims, "exp");
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
