package dev.latchkey.testkit.internal.grant;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.gson.JsonObject;
import dev.latchkey.testkit.TestApp;
import dev.latchkey.testkit.TestUser;
import dev.latchkey.testkit.internal.http.MovableClock;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The issued authorization codes, each of which is redeemed once. Thread-safe. */
public final class AuthorizationCodes {

  private static final Duration LIFETIME = Duration.ofMinutes(10);

  /**
   * What the app requested.
   *
   * @param challenge the S256 challenge; null if the app sent none
   */
  public record Asked(
      TestApp app,
      Tenant tenant,
      Set<String> scopes,
      List<JsonObject> claims,
      String redirectUri,
      @Nullable String challenge,
      @Nullable String state,
      @Nullable String nonce) {}

  /** A request that a user has approved. */
  public record Approved(Asked asked, TestUser user, Instant expiresAt) {}

  private final MovableClock clock;
  private final IssuedSecrets secrets;
  private final Map<String, Approved> open = new HashMap<>();
  private final Set<String> redeemed = new HashSet<>();

  public AuthorizationCodes(MovableClock clock, IssuedSecrets secrets) {
    this.clock = clock;
    this.secrets = secrets;
  }

  public synchronized String issue(Asked asked, TestUser user) {
    String code = secrets.token("1.fake-code.");
    open.put(code, new Approved(asked, user, clock.instant().plus(LIFETIME)));
    return code;
  }

  /**
   * Redeems a code, whatever comes of it.
   *
   * @throws Refusal if the code is unknown, used or too old, or was issued for another request
   */
  public synchronized Approved redeem(
      String code, String clientId, @Nullable String redirectUri, @Nullable String verifier) {
    if (redeemed.contains(code)) {
      throw Refusal.of("invalid_grant", 54005);
    }
    var approved = open.remove(code);
    if (approved == null || !approved.asked().app().clientId().equals(clientId)) {
      throw new Refusal(Grants.UNKNOWN);
    }
    redeemed.add(code);
    if (!clock.instant().isBefore(approved.expiresAt())) {
      throw Refusal.of("invalid_grant", 70008);
    }
    if (!approved.asked().redirectUri().equals(redirectUri)) {
      throw Refusal.of(
          "invalid_client", 50011, "The redirect URI is not that of the authorization request.");
    }
    var challenge = approved.asked().challenge();
    if (challenge != null && (verifier == null || !challenge.equals(s256(verifier)))) {
      throw Refusal.of("invalid_grant", 501481);
    }
    return approved;
  }

  /** RFC 7636 §4.6. */
  private static String s256(String verifier) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
