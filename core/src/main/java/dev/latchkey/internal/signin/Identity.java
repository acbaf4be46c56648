package dev.latchkey.internal.signin;

import dev.latchkey.Account;
import dev.latchkey.internal.oauth.IdToken;
import dev.latchkey.internal.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes the account of the person who signed in. */
public final class Identity {

  private static final int ID_BYTES = 16;

  /** The form of {@link #id}, which no account without an ID token has. */
  private static final Pattern NAMED = Pattern.compile("[0-9a-f]{32}");

  private static final String ANONYMOUS = "anonymous-";
  private static final SecureRandom RANDOM = new SecureRandom();

  private Identity() {}

  /**
   * The account that an ID token names. The server is part of its id: a client sees no records of
   * other servers.
   */
  public static Account of(String serverId, String clientId, IdToken token) {
    return new Account(
        id(serverId, token.issuer(), clientId, token.subject()),
        token.issuer(),
        token.subject(),
        token.objectId(),
        token.tenantId(),
        token.preferredUsername(),
        token.name());
  }

  /**
   * An account without an ID token. Nothing tells two people apart then, so each sign-in is an
   * account of its own, unless it names an account that had no ID token either. Whoever it is must
   * not take the place of a person whom an ID token named.
   *
   * @param expectedId the id of the account that signs in again; null for a new one
   */
  public static Account anonymous(String issuer, @Nullable String expectedId) {
    String id = expectedId == null || NAMED.matcher(expectedId).matches() ? randomId() : expectedId;
    return new Account(id, issuer, null, null, null, null, null);
  }

  private static String randomId() {
    byte[] random = new byte[ID_BYTES];
    RANDOM.nextBytes(random);
    return ANONYMOUS + HexFormat.of().formatHex(random);
  }

  private static String id(String... parts) {
    StringBuilder text = new StringBuilder();
    for (String part : parts) {
      text.append(part.getBytes(StandardCharsets.UTF_8).length).append(':').append(part);
    }
    return Sha256.hex(text.toString()).substring(0, 2 * ID_BYTES);
  }
}
