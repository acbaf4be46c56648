package dev.latchkey.internal.oauth;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.latchkey.internal.text.Sha256;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The secret that only the program that began a sign-in can show (PKCE). Its challenge travels
 * through the browser.
 *
 * @param value 43 characters of base64url
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7636#section-4.1">RFC 7636 §4.1</a>
 */
public record CodeVerifier(String value) {

  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  /** "a 32-octet sequence … base64url-encoded to produce a 43-octet URL-safe string". */
  public static CodeVerifier random() {
    return new CodeVerifier(randomText());
  }

  /** 256 random bits in 43 characters of base64url, for values that nobody can guess. */
  public static String randomText() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return BASE64URL.encodeToString(bytes);
  }

  /** "code_challenge = BASE64URL-ENCODE(SHA256(ASCII(code_verifier)))", the method S256. */
  public String challenge() {
    return BASE64URL.encodeToString(Sha256.digest().digest(value.getBytes(US_ASCII)));
  }

  /** Leaves out the verifier. */
  @Override
  public String toString() {
    return "CodeVerifier[redacted]";
  }
}
