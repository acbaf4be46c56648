package dev.latchkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Base64;

/** ID tokens, good ones and, with a claim changed, bad ones. */
final class Jwt {

  static final String SUBJECT = "AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ";

  private Jwt() {}

  /** The claims of OpenID Connect Core §2, valid for an hour. */
  static Body claims(String issuer) {
    return new Body()
        .with("iss", issuer)
        .with("sub", SUBJECT)
        .with("aud", SignInRun.CLIENT_ID)
        .with("exp", FakeTime.START.plus(Duration.ofHours(1)).getEpochSecond());
  }

  static String of(Object claims) {
    return part("{\"typ\":\"JWT\",\"alg\":\"RS256\"}") + "." + part(claims) + "." + part("sig");
  }

  private static String part(Object text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.toString().getBytes(UTF_8));
  }
}
