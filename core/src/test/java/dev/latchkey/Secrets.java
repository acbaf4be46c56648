package dev.latchkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Strings that must not be seen anywhere; a part of one counts as well. */
final class Secrets {

  private static final int SHORTEST_PART = 12;

  private final List<String> all = new ArrayList<>();
  private int count;

  static Secrets of(List<String> known) {
    Secrets secrets = new Secrets();
    secrets.all.addAll(known);
    return secrets;
  }

  /** A new secret, as short as a UUID: nothing about its form gives it away. */
  String next(String kind) {
    count++;
    String secret =
        kind + "-" + Integer.toHexString(kind.hashCode() * 31 + count * 0x9E3779B1) + "-q" + count;
    all.add(secret);
    return secret;
  }

  /** One of the form of most servers' tokens, by which it can be told from words. */
  String nextLong(String kind) {
    String secret = next(kind).replace("-", "") + "A1b2C3d4".repeat(5) + count;
    all.add(secret);
    return secret;
  }

  /** An ID token; its payload and its signature are secrets of their own. */
  String next(Body claims) {
    String jwt = Jwt.of(claims.with("jti", next("token-id")));
    all.addAll(Arrays.asList(jwt.split("\\.", -1)).subList(1, 2));
    return jwt;
  }

  /** A key of 32 bytes, in the spellings in which one might be logged. */
  byte[] nextKey() {
    byte[] key = Arrays.copyOf(next("file-key-that-is-long-enough").getBytes(UTF_8), 32);
    all.add(new String(key, UTF_8));
    all.add(Base64.getEncoder().encodeToString(key).substring(0, 40));
    all.add(HexFormat.of().formatHex(key));
    String bytes = Arrays.toString(key);
    all.add(bytes.substring(1, bytes.length() - 1));
    return key;
  }

  /** The lines of a text in which at least a dozen characters of one are. */
  List<String> foundIn(String text) {
    return text.lines()
        .filter(line -> all.stream().anyMatch(secret -> line.contains(telling(secret))))
        .toList();
  }

  private static String telling(String secret) {
    return secret.length() <= SHORTEST_PART
        ? secret
        : secret.substring(secret.length() - SHORTEST_PART);
  }

  List<String> all() {
    return List.copyOf(all);
  }
}
