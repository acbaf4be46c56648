package dev.latchkey.testkit.internal.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Writes JSON Web Tokens (RFC 7519). */
final class JwtWriter {

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private JwtWriter() {}

  static String unsigned(JsonObject claims) {
    return head("none") + part(claims) + ".";
  }

  /** Signs with HS256. */
  static String signed(JsonObject claims, byte[] key) {
    String content = head("HS256") + part(claims);
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return content + "." + BASE64.encodeToString(mac.doFinal(content.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HmacSHA256", e);
    }
  }

  private static String head(String algorithm) {
    var head = new JsonObject();
    head.addProperty("typ", "JWT");
    head.addProperty("alg", algorithm);
    return part(head) + ".";
  }

  private static String part(JsonObject json) {
    return BASE64.encodeToString(json.toString().getBytes(UTF_8));
  }
}
