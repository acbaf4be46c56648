package dev.latchkey.graph.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.graph.fixture.DriveFixture;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentFingerprintTest {

  @ParameterizedTest
  @CsvSource({
    "'', AAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "Sg==, SgAAAAAAAAAAAAAAAQAAAAAAAAA=",
    "tbQ=, taAFAAAAAAAAAAAAAgAAAAAAAAA="
  })
  void knownBytesHaveTheKnownHash(String bytes, String hash) {
    assertThat(hash(Base64.getDecoder().decode(bytes), 1000)).isEqualTo(hash);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 14, 15, 19, 20, 21, 159, 160, 161, 1000, 4099})
  void hashMatchesTheDefinition(int size) {
    byte[] bytes = DriveFixture.bytes(size);

    assertThat(hash(bytes, size)).isEqualTo(byDefinition(bytes));
  }

  @Test
  void chunkBoundariesDoNotMatter() {
    byte[] bytes = DriveFixture.bytes(5000);

    assertThat(hash(bytes, 7)).isEqualTo(hash(bytes, 5000));
    assertThat(hash(bytes, 160)).isEqualTo(hash(bytes, 5000));
    assertThat(hash(bytes, 333)).isEqualTo(hash(bytes, 5000));
  }

  private static String hash(byte[] bytes, int piece) {
    ContentFingerprint hash = new ContentFingerprint(null);
    for (int at = 0; at < bytes.length; at += piece) {
      byte[] next = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece));
      hash.update(next, next.length);
    }
    return hash.quickXorHash();
  }

  /** The algorithm as documented: on a ring of 160 bits, byte i starts at bit 11 i. */
  private static String byDefinition(byte[] bytes) {
    BigInteger ring = BigInteger.ZERO;
    for (int i = 0; i < bytes.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        if (((bytes[i] >> bit) & 1) == 1) {
          ring = ring.flipBit((11 * i + bit) % 160);
        }
      }
    }
    ring = ring.xor(BigInteger.valueOf(bytes.length).shiftLeft(96));
    byte[] little = new byte[20];
    for (int i = 0; i < 20; i++) {
      little[i] = ring.shiftRight(8 * i).byteValue();
    }
    return Base64.getEncoder().encodeToString(little);
  }
}
