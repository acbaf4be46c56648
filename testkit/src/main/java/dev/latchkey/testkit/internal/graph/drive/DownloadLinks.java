package dev.latchkey.testkit.internal.graph.drive;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Pre-authenticated download URLs, valid for an hour without a token. They are signed, not stored,
 * so that any number takes no memory.
 */
public final class DownloadLinks {

  private static final Duration LIFETIME = Duration.ofHours(1);
  public static final String PATH = "/_layouts/15/download.aspx";

  private final SecretKeySpec key;
  private final Supplier<String> storageOrigin;
  private final UnaryOperator<String> remember;
  private final InstantSource clock;

  public DownloadLinks(
      String key,
      Supplier<String> storageOrigin,
      UnaryOperator<String> remember,
      InstantSource clock) {
    this.key = new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    this.storageOrigin = storageOrigin;
    this.remember = remember;
    this.clock = clock;
  }

  public String download(StoredDrive drive, StoredItem item, boolean relative) {
    long expiry = clock.instant().plus(LIFETIME).getEpochSecond();
    String query = "drive=%s&UniqueId=%s&expires=%d".formatted(drive.id, item.id, expiry);
    String signature = remember.apply(signature(drive.id, item.id, expiry));
    return (relative ? "" : storageOrigin.get()) + PATH + "?" + query + "&tempauth=" + signature;
  }

  public boolean isGood(String drive, String item, String expires, String signature) {
    return expires.matches("\\d{1,12}")
        && clock.instant().isBefore(Instant.ofEpochSecond(Long.parseLong(expires)))
        && MessageDigest.isEqual(
            signature(drive, item, Long.parseLong(expires)).getBytes(StandardCharsets.UTF_8),
            signature.getBytes(StandardCharsets.UTF_8));
  }

  private String signature(String drive, String item, long expires) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      byte[] signed = (drive + " " + item + " " + expires).getBytes(StandardCharsets.UTF_8);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(signed));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("Every Java has HmacSHA256", e);
    }
  }
}
