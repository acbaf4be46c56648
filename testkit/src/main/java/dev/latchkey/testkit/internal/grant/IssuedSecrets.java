package dev.latchkey.testkit.internal.grant;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Creates all secrets of the server and remembers them, so that a test can check that they leak
 * nowhere. Thread-safe.
 */
public final class IssuedSecrets {

  /** No vowels, which could spell words, and no characters that look alike (RFC 8628 §6.1). */
  private static final String USER_CODE_ALPHABET = "BCDFGHJKLMNPQRSTVWXZ2456789";

  private static final int USER_CODE_LENGTH = 9;

  private final SecureRandom random = new SecureRandom();
  private final Set<String> issued = ConcurrentHashMap.newKeySet();

  /** 256 random bits after a prefix, like that of Entra ID's refresh tokens. */
  public String token(String prefix) {
    return remember(prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(32)));
  }

  public String remember(String secret) {
    issued.add(secret);
    return secret;
  }

  String userCode() {
    var code = new StringBuilder();
    random
        .ints(USER_CODE_LENGTH, 0, USER_CODE_ALPHABET.length())
        .forEach(i -> code.append(USER_CODE_ALPHABET.charAt(i)));
    return code.toString();
  }

  public byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  public Set<String> issued() {
    return Set.copyOf(issued);
  }
}
