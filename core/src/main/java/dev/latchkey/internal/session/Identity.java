package dev.latchkey.internal.session;

import dev.latchkey.Account;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.internal.oauth.IdToken;
import dev.latchkey.internal.oauth.TokenResponse;
import dev.latchkey.internal.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who signed in: an account from an ID token, and its id. */
public final class Identity {

  private static final int ID_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Identity() {}

  /** The server is part of the id: a client sees only the records of its own server. */
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
   * Without an ID token nothing tells two people apart, so each sign-in is an account of its own.
   */
  public static Account anonymous(String issuer, @Nullable String expectedId) {
    byte[] random = new byte[ID_BYTES];
    RANDOM.nextBytes(random);
    String id = expectedId != null ? expectedId : HexFormat.of().formatHex(random);
    return new Account(id, issuer, null, null, null, null, null);
  }

  /**
   * OpenID Connect Core §12.2: the ID token of a refresh must name the same issuer and subject.
   *
   * @throws InvalidResponse if it names another
   */
  static void requireSame(TokenResponse tokens, Account account) {
    if (tokens.idToken() == null || account.subject() == null) {
      return;
    }
    IdToken token = IdToken.parse(tokens.idToken());
    if (!Objects.equals(token.issuer(), account.issuer())
        || !Objects.equals(token.subject(), account.subject())) {
      throw new InvalidResponse(
          "The refresh brought the ID token of another account",
          null,
          "Sign out and in again, and report it to the operator of the server.",
          null);
    }
  }

  /** Each part is preceded by its length, so that no two lists of parts read the same. */
  private static String id(String... parts) {
    StringBuilder text = new StringBuilder();
    for (String part : parts) {
      text.append(part.getBytes(StandardCharsets.UTF_8).length).append(':').append(part);
    }
    return Sha256.hex(text.toString()).substring(0, 2 * ID_BYTES);
  }
}
