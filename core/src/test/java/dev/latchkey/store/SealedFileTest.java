package dev.latchkey.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class SealedFileTest {

  private static final Path FILE = Path.of("latchkey-account.record");

  private final SealedFile format = new SealedFile(key(1));

  @Test
  void aSealedRecordCanBeOpened() {
    byte[] file = format.seal("account", "the content");

    StoredRecord record = format.open("account", file, FILE);

    assertThat(record).isEqualTo(new StoredRecord("the content", SealedFile.version(file)));
  }

  @Test
  void theContentAndTheKeyCannotBeSeenInTheFile() {
    String file = new String(format.seal("account", "hunter2 hunter2"), ISO_8859_1);

    assertThat(file).doesNotContain("hunter2").doesNotContain(new String(key(1), ISO_8859_1));
  }

  @Test
  void eachSealingHasAFreshNonce() {
    Set<String> versions = new HashSet<>();

    for (int i = 0; i < 1000; i++) {
      versions.add(SealedFile.version(format.seal("account", "same")));
    }

    assertThat(versions).hasSize(1000);
  }

  @Test
  void anyFlippedBitIsDamage() {
    byte[] file = format.seal("account", "x");

    for (int bit = 0; bit < Byte.SIZE * file.length; bit++) {
      byte[] flipped = file.clone();
      flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);

      assertThat(problemOf("account", flipped)).as("bit %d", bit).isEqualTo(Problem.DAMAGED);
    }
  }

  @Test
  void anyTruncationIsDamage() {
    byte[] file = format.seal("account", "x");

    for (int length = 0; length < file.length; length++) {
      byte[] truncated = Arrays.copyOf(file, length);

      assertThat(problemOf("account", truncated)).as("%d bytes", length).isEqualTo(Problem.DAMAGED);
    }
  }

  @Test
  void aForgedChecksumDoesNotHideAChange() {
    byte[] file = format.seal("account", "x");

    for (int at = 13; at < file.length; at++) {
      byte[] forged = file.clone();
      forged[at] ^= 1;
      mendChecksum(forged);

      assertThat(problemOf("account", forged))
          .as("byte %d", at)
          .isEqualTo(at < 21 ? Problem.WRONG_KEY : Problem.DAMAGED);
    }
  }

  @Test
  void shortFilesWithAValidChecksumAreDamage() {
    byte[] file = format.seal("account", "x");

    for (int length = 21; length < file.length; length++) {
      byte[] truncated = Arrays.copyOf(file, length);
      mendChecksum(truncated);

      assertThat(problemOf("account", truncated)).isEqualTo(Problem.DAMAGED);
    }
  }

  @Test
  void anotherFormatIsNewerOrUnknown() {
    byte[] file = format.seal("account", "x");

    assertThat(problemOf("account", withFormat(file, 2))).isEqualTo(Problem.NEWER);
    assertThat(problemOf("account", withFormat(file, 255))).isEqualTo(Problem.NEWER);
    assertThat(problemOf("account", withFormat(file, 0))).isEqualTo(Problem.DAMAGED);
  }

  @Test
  void anotherKeyIsDistinguishedFromDamage() {
    byte[] file = new SealedFile(key(2)).seal("account", "x");

    assertThat(problemOf("account", file)).isEqualTo(Problem.WRONG_KEY);
  }

  @Test
  void oneRecordCannotBePassedOffAsAnother() {
    byte[] file = format.seal("account", "x");

    assertThat(problemOf("other", file)).isEqualTo(Problem.DAMAGED);
  }

  @Test
  void aHugeFileIsDamage() {
    byte[] file = Arrays.copyOf(format.seal("account", "x"), SealedFile.MAX_FILE_LENGTH);

    assertThat(problemOf("account", file)).isEqualTo(Problem.DAMAGED);
  }

  @Test
  void theKeyHasExactly32Bytes() {
    for (int length : new int[] {0, 16, 24, 31, 33, 64}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new SealedFile(new byte[length]));
    }
  }

  private Problem problemOf(String key, byte[] file) {
    TokenStoreFailure failure =
        catchThrowableOfType(TokenStoreFailure.class, () -> format.open(key, file, FILE));

    assertThat(failure).as("it was opened").isNotNull();
    assertThat(failure.getMessage() + failure.remedy()).contains(FILE.toString());
    return failure.problem();
  }

  private static byte[] withFormat(byte[] file, int version) {
    byte[] other = file.clone();
    other[8] = (byte) version;
    mendChecksum(other);
    return other;
  }

  private static void mendChecksum(byte[] file) {
    CRC32 crc = new CRC32();
    crc.update(file, 0, 9);
    crc.update(file, 13, file.length - 13);
    ByteBuffer.wrap(file).putInt(9, (int) crc.getValue());
  }

  private static byte[] key(int seed) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) seed);
    return key;
  }
}
