package dev.latchkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Strings that must not be seen anywhere; a part of one counts as well. */
final class Secrets {

  private static final int PART = 12;

  private final List<String> all = new ArrayList<>();
  private int count;

  static Secrets of(List<String> known) {
    Secrets secrets = new Secrets();
    secrets.all.addAll(known);
    return secrets;
  }

  /** A new secret, a UUID: nothing about its form gives it away, and no part of it is a word. */
  String next(String kind) {
    count++;
    String secret = UUID.nameUUIDFromBytes((kind + count).getBytes(UTF_8)).toString();
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
    String unsigned = Jwt.of(claims.with("jti", next("token-id"))).replaceFirst("[^.]*$", "");
    all.add(unsigned.split("\\.", -1)[1]);
    return unsigned + nextLong("signature");
  }

  /** A key of 32 bytes, in the spellings in which one might be logged. */
  byte[] nextKey() {
    byte[] key = Arrays.copyOf(next("file-key-that-is-long-enough").getBytes(UTF_8), 32);
    all.add(new String(key, UTF_8));
    all.add(Base64.getEncoder().encodeToString(key));
    all.add(HexFormat.of().formatHex(key));
    String bytes = Arrays.toString(key);
    all.add(bytes.substring(1, bytes.length() - 1));
    return key;
  }

  /** The lines of a text in which a dozen characters of one are, from whichever part of it. */
  List<String> foundIn(String text) {
    Set<String> parts = all.stream().flatMap(Secrets::parts).collect(Collectors.toSet());
    return text.lines().filter(line -> parts(line).anyMatch(parts::contains)).toList();
  }

  /** All runs of a dozen characters. */
  private static Stream<String> parts(String text) {
    return IntStream.rangeClosed(0, text.length() - PART)
        .mapToObj(start -> text.substring(start, start + PART));
  }

  List<String> all() {
    return List.copyOf(all);
  }
}
